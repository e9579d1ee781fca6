using System.Text.Json.Nodes;
using LocalAI.Pipeline.Backends.Llama.Chat;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Chat;

public sealed class ChatPromptTests
{
    private static readonly ChatPrompt Prompt = new(TinyChat.Model, TimeProvider.System);

    [Fact]
    public void Render_OneMessage_IsTheModelsOwnFormat()
    {
        string prompt = Prompt.Render(Conversation("""[{"role":"user","content":"Hi"}]"""), CancellationToken.None);

        Assert.Equal(TinyChat.ChatPrompt("Hi"), prompt);
    }

    [Fact]
    public void Render_ThinkingSwitchedOn_EndsInAThought()
    {
        ChatConversation conversation = Conversation("""[{"role":"user","content":"Hi"}]""") with { Arguments = new JsonObject { ["enable_thinking"] = true } };

        Assert.EndsWith("<|im_start|>assistant\n<think>\n", Prompt.Render(conversation, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ContinuedAnswer_EndsInItsText()
    {
        ChatConversation conversation = Conversation("""[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello, I"}]""") with { ContinueFinalMessage = true };

        Assert.EndsWith("<|im_start|>assistant\nHello, I", Prompt.Render(conversation, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public void Traits_OfTheModel_KnowItsTools()
    {
        Assert.True(Prompt.Traits!.SupportsTools);
        Assert.NotNull(Prompt.Source);
    }

    private static ChatConversation Conversation(string messages) => new() { Messages = JsonNode.Parse(messages)!.AsArray() };
}
