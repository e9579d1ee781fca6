using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Ollama;
using LocalAI.Pipeline.Api.Ollama.Reading;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Tests.Harness;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Tests.Ollama;

public sealed class OllamaRequestReaderTests
{
    private const string Chat = """
        {"model":"tiny","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"},
         {"role":"assistant","content":"","thinking":"t","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}},{"function":{"index":1,"name":"g","arguments":{}}}]},
         {"role":"tool","tool_name":"g","content":"2"},{"role":"tool","content":"1"}],
         "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"format":{"type":"object"},"think":"low","keep_alive":"5m","stream":false,
         "logprobs":true,"top_logprobs":2,
         "options":{"num_predict":9,"num_ctx":64,"num_keep":4,"seed":3,"stop":["x"],"temperature":0.5,"top_k":5,"repeat_last_n":8,"penalize_newline":true,"tfs_z":1}}
        """;

    private const string Prompt = """{"model":"tiny","prompt":"p","system":"s","think":true,"format":"json","options":{"num_predict":-2},"keep_alive":-1,"images":[],"context":[]}""";

    public static TheoryData<string, string, string?> BadChats => BadOllamaRequests.Chats;

    public static TheoryData<string, string, string?> BadPrompts => BadOllamaRequests.Prompts;

    [Theory]
    [MemberData(nameof(BadChats))]
    public void ReadChat_BadRequest_IsRefusedByField(string body, string code, string? param) => AssertRefused(body, code, param, OllamaChatReader.Read);

    [Theory]
    [MemberData(nameof(BadPrompts))]
    public void ReadPrompt_BadRequest_IsRefusedByField(string body, string code, string? param) => AssertRefused(body, code, param, OllamaGenerateReader.Read);

    [Fact]
    public void ReadChat_Everything_IsThere()
    {
        var request = Read(Chat, OllamaChatReader.Read);
        var draft = request.Draft;

        Assert.Equal(("tiny", true, false, false, 64), (request.Model, request.IsChat, request.IsLoad, request.Stream, request.ContextSize));
        Assert.Equal((9, 3L, 0.5f, 5, 8), (draft.MaxTokens, draft.Sampling.Seed, draft.Sampling.Temperature, draft.Sampling.TopK, draft.Sampling.RepeatLastN));
        Assert.Equal(("low", OutputKind.JsonSchema, true, 2), (draft.ReasoningEffort, draft.Output!.Kind, draft.Logprobs, draft.TopLogprobs));
        Assert.Equal("f", Assert.Single(draft.Tools!).Name);
        Assert.Equal(["x"], draft.StopSequences!);
    }

    [Fact]
    public void ReadChat_ToolMessages_AnswerTheCallsOfTheirNames()
    {
        var messages = Read(Chat, OllamaChatReader.Read).Draft.Messages!;

        Assert.Equal([("call_0", "f", "{\"a\":1}"), ("call_1", "g", "{}")], messages[2].ToolCalls!.Select(call => (call.Id, call.Name, call.Arguments)));
        Assert.Equal("t", messages[2].Reasoning);
        Assert.Equal([("call_1", "g"), ("call_0", "f")], messages.Skip(3).Select(message => (message.ToolCallId!, message.Name!)));
    }

    [Fact]
    public void ReadChat_AssistantAtTheEnd_IsContinued()
    {
        Assert.True(Read("""{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""", OllamaChatReader.Read).Draft.ContinueFinalMessage);
        Assert.False(Read(Chat, OllamaChatReader.Read).Draft.ContinueFinalMessage);
    }

    [Fact]
    public void ReadPrompt_Forms_AreMessagesTextsAndGaps()
    {
        var plain = Read(Prompt, OllamaGenerateReader.Read);
        var raw = Read("""{"prompt":"p","raw":true}""", OllamaGenerateReader.Read).Draft;
        var gap = Read("""{"prompt":"p","suffix":"q"}""", OllamaGenerateReader.Read).Draft;

        Assert.Equal([(ChatRole.System, "s"), (ChatRole.User, "p")], plain.Draft.Messages!.Select(message => (message.Role, message.Content)));
        Assert.Equal((null, OutputKind.JsonObject, true), (plain.Draft.MaxTokens, plain.Draft.Output!.Kind, plain.Stream));
        Assert.Contains("enable_thinking", plain.Draft.TemplateArguments, StringComparison.Ordinal);
        Assert.Equal(("p", null, null), (raw.Prompt, raw.Messages, raw.Suffix));
        Assert.Equal(("p", "q"), (gap.Prompt, gap.Suffix));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"prompt":"","keep_alive":"1h30m"}""", true)]
    [InlineData("""{"prompt":"","suffix":"a"}""", false)]
    public void ReadPrompt_NothingAsked_LoadsTheModel(string body, bool isLoad) => Assert.Equal(isLoad, Read(body, OllamaGenerateReader.Read).IsLoad);

    [Theory]
    [InlineData("300", 300)]
    [InlineData("\"300\"", 300)]
    [InlineData("\"1h1m1.5s\"", 3661.5)]
    [InlineData("\"500ms\"", 0.5)]
    [InlineData("0", 0)]
    [InlineData("-1", double.MaxValue)]
    [InlineData("\"-1m\"", double.MaxValue)]
    [InlineData("1e300", double.MaxValue)]
    public void ReadKeepAlive_Durations_AreGosAndSeconds(string value, double seconds)
    {
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes($$"""{"keep_alive":{{value}}}"""), new RequestOptions());

        Assert.Equal(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds), KeepAliveReader.Read(new FieldReader(json.Root))!.Value.TotalSeconds, 3);
    }

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused()
    {
        BodyFuzz.Run(root => OllamaChatReader.Read(root), [Chat, .. BadChats.Select(row => row.Data.Item1)]);
        BodyFuzz.Run(root => OllamaGenerateReader.Read(root), [Prompt, .. BadPrompts.Select(row => row.Data.Item1)]);
    }

    private static void AssertRefused(string body, string code, string? param, Func<JsonElement, OllamaRequest> read)
    {
        var error = Assert.Throws<ApiException>(() => Read(body, read)).Error;

        Assert.Equal((400, code, param), (error.Status, error.Code, error.Parameter));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private static OllamaRequest Read(string body, Func<JsonElement, OllamaRequest> read)
    {
        using var json = JsonBody.Parse(Encoding.UTF8.GetBytes(body), new RequestOptions());
        return read(json.Root);
    }
}
