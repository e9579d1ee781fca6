using LocalAI.Pipeline.Api.Anthropic.Reading;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Anthropic;

public sealed class MessagesRequestFuzzTests
{
    private static readonly string[] Good =
    [
        """{"max_tokens":9,"messages":[{"role":"user","content":"a"}]}""",
        """{"max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":[]}],"temperature":0.5,"stop_sequences":["a"],"metadata":{"user_id":"u"}}""",
        """
        {"max_tokens":9000,"system":[{"type":"text","text":"s"}],"tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"any"},"thinking":{"type":"adaptive","display":"omitted"},"messages":[
        {"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"x"},{"type":"tool_use","id":"c","name":"f","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","is_error":true,"content":[{"type":"text","text":"r"}]}]}]}
        """,
    ];

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused()
    {
        var bad = BadMessagesRequests.All.Select(row => row.Data.Item1).ToList();
        // As many good ones, so that enough of what comes out is still read.
        var good = Enumerable.Range(0, bad.Count).Select(i => Good[i % Good.Length]);
        BodyFuzz.Run(root => Assert.NotEmpty(MessagesRequestReader.Read(root).Prompt.Messages), [.. bad, .. good], 30_000);
    }
}
