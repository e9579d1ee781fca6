using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Reading;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tests.Responses;

public sealed class ResponseRequestReaderTests
{
    private static readonly string[] Good =
    [
        """{"input":"a"}""",
        """{"model":"tiny","input":[{"role":"user","content":[{"type":"input_text","text":"a"}]},{"type":"message","role":"assistant","id":"m","status":"completed","content":[{"type":"output_text","text":"b","annotations":[],"logprobs":[]},{"type":"refusal","refusal":"no"}]}],"temperature":0.5,"metadata":{"a":"b"}}""",
        """
        {"instructions":"i","tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":null}],"tool_choice":{"type":"function","name":"f"},"reasoning":{"effort":"low","summary":"detailed"},"input":[{"type":"item_reference","id":"x"},
        {"type":"reasoning","id":"r","summary":[{"type":"summary_text","text":"s"}],"content":null,"encrypted_content":"e"},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"o"}]}]}
        """,
    ];

    public static TheoryData<string, string, string?> Bad => BadResponseRequests.All;

    [Theory]
    [MemberData(nameof(Bad))]
    public void Read_BadRequest_IsRefusedByName(string body, string code, string? param)
    {
        var error = Assert.Throws<ApiException>(() => Read(body)).Error;

        Assert.Equal((400, code, param), (error.Status, error.Code, error.Parameter));
    }

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused()
    {
        var bad = BadResponseRequests.All.Select(row => row.Data.Item1).ToList();
        // As many good ones, so that enough of what comes out is still read.
        var good = Enumerable.Range(0, bad.Count).Select(i => Good[i % Good.Length]);
        BodyFuzz.Run(root => Assert.NotEmpty(ResponseRequestReader.Read(root).Prompt.Input), [.. bad, .. good], 30_000);
    }

    [Theory]
    [InlineData("\"text_format\":\"json_object\"", OutputKind.JsonObject)]
    [InlineData("\"text_format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{}}", OutputKind.JsonSchema)]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_object\"}}", OutputKind.JsonObject)]
    public void Read_Form_IsTextsOrLocalAIs(string field, OutputKind kind) =>
        Assert.Equal(kind, Read($$"""{"input":"hi",{{field}}}""").Prompt.Output!.Kind);

    [Fact]
    public void Items_ThatWereShown_AreReadAsTheyWere()
    {
        var items = Read("""
            {"input":[{"role":"developer","content":"d"},{"role":"assistant","content":[{"type":"output_text","text":"b","logprobs":[{"token":"b"}]}]},{"type":"compaction","encrypted_content":"c"},
            {"type":"reasoning","status":"incomplete","summary":[{"type":"summary_text","text":"s"}],"content":[{"type":"reasoning_text","text":"t"}],"encrypted_content":"e"},
            {"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"o"}]},{"type":"function_call_output","call_id":"c","output":"p"}]}
            """).Prompt.Input;
        var shown = Shown(ItemIds.Named(items, Guid.NewGuid()));

        Assert.Equal(shown, Shown(InputReader.ReadStored(shown)));
        Assert.All(InputReader.ReadStored(shown), item => Assert.False(string.IsNullOrEmpty(item.Id)));
    }

    [Fact]
    public void Conversation_OutputWithoutItsCall_IsRefusedByName()
    {
        var items = Read("""{"input":[{"role":"user","content":"a"},{"type":"function_call_output","call_id":"c","output":"o"}]}""").Prompt.Input;

        Assert.Equal("input[1].call_id", Assert.Throws<ApiException>(() => ItemConversation.Build(null, items)).Error.Parameter);
    }

    [Fact]
    public void Conversation_SealedByAnother_IsRefusedByName()
    {
        var items = Read("""{"input":[{"type":"reasoning","summary":[],"encrypted_content":"gAAAA"}]}""").Prompt.Input;

        Assert.Equal(("invalid_encrypted_content", "input[0].encrypted_content"), Of(Assert.Throws<ApiException>(() => ItemConversation.Build(null, items))));
    }

    internal static ResponseRequest Read(string body)
    {
        using var document = JsonDocument.Parse(body);
        return ResponseRequestReader.Read(document.RootElement);
    }

    private static (string Code, string? Parameter) Of(ApiException exception) => (exception.Error.Code, exception.Error.Parameter);

    private static string Shown(IReadOnlyList<ResponseItem> items) => JsonText.Of(json => ItemJson.WriteAll(json, items));
}
