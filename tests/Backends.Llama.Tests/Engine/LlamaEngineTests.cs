using LocalAI.Pipeline.Backends.Llama.Engine;
using LocalAI.Pipeline.Backends.Llama.Generations;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Engine;

public sealed class LlamaEngineTests
{
    [Fact]
    public async Task Generate_ChatGreedily_SaysTheTrainedSentence()
    {
        await using LlamaEngine engine = TinyChat.Engine();

        GeneratedText answer = await engine.RunAsync(TinyChat.Chat("Say this is a test!"));

        Assert.Equal("This is a test!", answer.Text);
        Assert.Equal(new GenerationSummary(FinishReason.Stop, null), answer.Summary);
        Assert.Equal(answer.Tokens.Count, answer.Generated);
        Assert.Equal("This is a test!", TinyChat.Model.Vocabulary.Detokenize([.. answer.Tokens]));
    }
}
