using System.Text.Json;
using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Workers.Text.Forwarding;

namespace LocalAI.Pipeline.Workers.Text.Tests.Forwarding;

public sealed class UpstreamRepliesTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"choices":7}""")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[3]}""")]
    [InlineData("""{"choices":[{"delta":"a"}]}""")]
    [InlineData("""{"choices":[{"delta":{"content":4}}],"usage":[]}""")]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[1,null]}}]}""")]
    public void Read_ChunkThatSaysNothing_GivesNoReply(string chunk) =>
        Assert.Null(new UpstreamReplies().Read(JsonElement.Parse(chunk)));

    [Fact]
    public void Read_TextThoughtAndCall_AreChatDeltas()
    {
        var delta = Assert.Single(new UpstreamReplies().Read(JsonElement.Parse(
            """{"choices":[{"delta":{"content":"a","reasoning":"b","tool_calls":[{"index":1,"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}"""))!.ChatDeltas);

        Assert.Equal(("a", "b"), (delta.Content, delta.ReasoningContent));
        var call = Assert.Single(delta.ToolCalls);
        Assert.Equal((1, "c", "f", "{}"), (call.Index, call.Id, call.Name, call.Arguments));
    }

    [Fact]
    public void Read_Error_EndsTheAnswerWithItsWords() =>
        Assert.Contains("out of memory", Assert.Throws<BackendCallException>(() => new UpstreamReplies().Read(JsonElement.Parse("""{"error":{"message":"out of memory"}}"""))).Message, StringComparison.Ordinal);

    [Fact]
    public void Last_AfterUsageAndReason_HasThem()
    {
        var replies = new UpstreamReplies();
        replies.Read(JsonElement.Parse("""{"choices":[{"delta":{},"finish_reason":"length"}],"usage":{"completion_tokens":9,"prompt_tokens":4}}"""));

        Assert.Equal(("length", 9, 4), (replies.Last().FinishReason, replies.Last().Tokens, replies.Last().PromptTokens));
    }
}
