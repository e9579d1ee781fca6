using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Testing.Gguf;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class SpeculationTests : IDisposable
{
    private static readonly string[] Prompts = ["Say this is a test!", "Hello!", "What is the capital of France?", "Count from one to five."];

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"draft-{Guid.NewGuid():n}.gguf");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Answers_WithADraftThatIsRight_AreTheSameInFewerSteps()
    {
        await using LlamaEngine drafted = Engine(TinyChat.Path);

        Assert.Equal(await PlainAsync(), await AnswersAsync(drafted));
        Assert.True(drafted.Statistics.DraftsAccepted > drafted.Statistics.GeneratedTokens / 2, $"{drafted.Statistics.DraftsAccepted} of {drafted.Statistics.Drafted} guesses were right");
    }

    [Fact]
    public async Task Answers_WithADraftThatIsWrong_AreTheSame()
    {
        // Without its last layers it guesses at random.
        byte[] model = await File.ReadAllBytesAsync(TinyChat.Path, TestTimeout.Token);
        model.AsSpan(model.Length * 2 / 3).Clear();
        await File.WriteAllBytesAsync(_path, model, TestTimeout.Token);
        await using LlamaEngine drafted = Engine(_path);

        Assert.Equal(await PlainAsync(), await AnswersAsync(drafted));
        Assert.True(drafted.Statistics.Drafted > drafted.Statistics.DraftsAccepted, "every guess was right");
        // The second time every slot goes on from what the first left in its cache.
        Assert.Equal(await PlainAsync(), await AnswersAsync(drafted));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    public async Task Answer_WithALimit_HasNoTokenMore(int limit)
    {
        await using LlamaEngine drafted = Engine(TinyChat.Path);
        GenerationRequest story = TinyChat.Prompt("Once upon a time") with { MaxTokens = limit, Sampling = new() { IgnoreEndOfGeneration = true } };

        GeneratedText answer = await drafted.RunAsync(story);

        Assert.Equal((limit, limit), (answer.Generated, answer.Tokens.Count));
    }

    [Fact]
    public async Task Answer_ThatFillsTheContext_EndsThere()
    {
        await using LlamaEngine drafted = Engine(TinyChat.Path, context: 64);
        GenerationRequest story = TinyChat.Prompt("Once upon a time") with { MaxTokens = 0, Sampling = new() { IgnoreEndOfGeneration = true } };

        GeneratedText answer = await drafted.RunAsync(story);

        Assert.Equal((64 - story.Prompt.Length + 1, FinishReason.Length), (answer.Generated, answer.Summary.Reason));
    }

    [Fact]
    public async Task Request_WithASeed_IsNotDrafted()
    {
        await using LlamaEngine drafted = Engine(TinyChat.Path);
        await drafted.RunAsync(TinyChat.Chat("Say this is a test!") with { Sampling = new() { Seed = 1 } });

        Assert.Equal(0, drafted.Statistics.Drafted);
    }

    [Fact]
    public async Task Grammar_WithADraft_Holds()
    {
        await using LlamaEngine drafted = Engine(TinyChat.Path);
        GeneratedText answer = await drafted.RunAsync(TinyChat.Chat("Say this is a test!") with { Grammar = "root ::= \"no, that is none\"" });

        Assert.Equal("no, that is none", answer.Text);
    }

    [Fact]
    public async Task Draft_OfAnotherVocabulary_IsRefused()
    {
        using var bert = new TinyBert();
        string path = bert.Path;

        Assert.Contains("draft_model", Assert.Throws<InvalidModelException>(() => Engine(path)).Message, StringComparison.Ordinal);
    }

    private static async Task<string[]> PlainAsync()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        return await AnswersAsync(engine);
    }

    private static async Task<string[]> AnswersAsync(LlamaEngine engine)
        => [.. (await Task.WhenAll(Prompts.Select(prompt => engine.RunAsync(TinyChat.Chat(prompt))))).Select(answer => answer.Text)];

    private static LlamaEngine Engine(string draft, int context = 512) => new(TinyChat.Model, TinyChat.Settings with { DraftPath = draft, ContextSize = context });
}
