using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class StopAndTextTests
{
    [Fact]
    public async Task Submit_EveryStopTakenFromTheAnswer_EndsBeforeItAndLeaksNoPart()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        const string whole = "This is a test!";
        for (int start = 0; start < whole.Length; start++)
        {
            for (int length = 1; length <= Math.Min(5, whole.Length - start); length++)
            {
                string stop = whole.Substring(start, length);

                GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with { Stops = [stop] });

                Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], answer.Text);
                Assert.Equal(new GenerationSummary(FinishReason.StopSequence, stop), answer.Summary);
            }
        }
    }

    [Fact]
    public async Task Submit_StopThatNeverCompletes_LosesNothing()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with { Stops = ["test!!", "is a tent"] });

        Assert.Equal("This is a test!", answer.Text);
        Assert.Null(answer.Summary.StopSequence);
    }

    [Fact]
    public async Task Submit_TextOfManyByteCharacters_ArrivesInWholeCharacters()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        const string text = "Grüße, 日本語 € 👩‍🚀 𝄞!";

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say something") with { Grammar = $"root ::= \"{text}\"" });

        Assert.Equal(text, answer.Text);
        Assert.DoesNotContain(answer.Parts, part => part.Contains('\uFFFD', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_CharacterCutOffByTheLimit_EndsInAReplacement()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        int bytes = TinyChat.Model.Vocabulary.Tokenize("𝄞", addSpecial: false).Length;
        Assert.True(bytes > 1);

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say something") with { Grammar = "root ::= \"𝄞\"", MaxTokens = 1 });

        Assert.Equal("\uFFFD", answer.Text);
    }

    [Fact]
    public async Task Submit_MarkerTokensInTheAnswer_AreShownAsText()
    {
        await using LlamaEngine engine = TinyChat.Engine();
        const string call = "<tool_call>\n{\"name\": \"x\"}\n</tool_call>";

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Call x") with { Grammar = "root ::= \"<tool_call>\\n{\\\"name\\\": \\\"x\\\"}\\n</tool_call>\"" });

        Assert.Equal(call, answer.Text);
    }

    [Fact]
    public async Task Submit_StopInTheMiddle_KeepsTokensAndLogprobsOfShownTextOnly()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!") with { Stops = [" a test"], TopLogprobs = 0 });

        Assert.Equal("This is", answer.Text);
        Assert.Equal("This is", TinyChat.Model.Vocabulary.Detokenize([.. answer.Tokens]));
        using var json = System.Text.Json.JsonDocument.Parse(answer.Logprobs);
        Assert.Equal(answer.Tokens.Count, json.RootElement.GetArrayLength());
    }
}
