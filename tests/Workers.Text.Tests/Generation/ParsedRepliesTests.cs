using System.Text.Json;
using Google.Protobuf;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Tests.Harness;

namespace LocalAI.Pipeline.Workers.Text.Tests.Generation;

/// <summary>A backend that parses thoughts and calls for itself and holds to a form by itself.</summary>
public sealed class ParsedRepliesTests : IAsyncLifetime
{
    private WorkerBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await WorkerBench.StartAsync(backend: new ScriptedBackend { Metadata = new ModelMetadataResponse { HoldsForm = true } });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Logprobs_OfAReplyWithSeveralParts_AreToldOnce()
    {
        _bench.Backend.Answer = _ =>
        [
            new Reply
            {
                Tokens = 2,
                Logprobs = ByteString.CopyFromUtf8("""{"content":[{"token":"a","logprob":-1},{"token":"b","logprob":-2}]}"""),
                ChatDeltas = { new ChatDelta { ReasoningContent = "a" }, new ChatDelta { Content = "b" } },
            },
            ScriptedBackend.End(tokens: 2),
        ];

        var answer = await _bench.RunAsync(WorkerBench.Chat() with { Logprobs = true });

        Assert.Equal(("b", "a"), (answer.Text, answer.Reasoning));
        Assert.Equal("""[{"token":"a","logprob":-1},{"token":"b","logprob":-2}]""", Assert.Single(answer.Deltas, delta => delta.Logprobs is not null).Logprobs);
    }

    [Fact]
    public async Task Calls_InFragments_AreTheAnswersAndItsReason()
    {
        _bench.Backend.Answer = _ =>
        [
            Delta(new Backends.Protocol.Messages.ToolCallDelta { Index = 0, Id = "c", Name = "f" }),
            Delta(new Backends.Protocol.Messages.ToolCallDelta { Index = 0, Arguments = "{\"a\"" }),
            Delta(new Backends.Protocol.Messages.ToolCallDelta { Index = 0, Arguments = ":1}" }),
            ScriptedBackend.End("tool_calls"),
        ];

        var answer = await _bench.RunAsync(WorkerBench.Chat() with
        {
            Tools = [WorkerBench.Tool("f", """{"type":"object"}"""), WorkerBench.Tool("g", """{"type":"object"}""")],
            ToolChoice = new ToolChoice { Mode = ToolChoiceMode.Required, Allowed = ["f"], Parallel = false },
        });

        Assert.Equal(("f", "{\"a\":1}"), Assert.Single(answer.Calls));
        Assert.Equal(FinishReason.ToolCalls, answer.Reason);
        var asked = Assert.Single(_bench.Backend.Asked);
        Assert.Empty(asked.Grammar);
        Assert.Equal("""{"type":"function","function":{"name":"f"}}""", asked.ToolChoice);
        Assert.Equal("false", asked.Metadata["parallel_tool_calls"]);
        var tool = Assert.Single(JsonElement.Parse(asked.Tools).EnumerateArray()).GetProperty("function");
        Assert.Equal(("f", true), (tool.GetProperty("name").GetString(), tool.GetProperty("strict").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"a":1}""", null)]
    [InlineData("""{"a":"1"}""", FailureCode.BackendError)]
    public async Task Schema_IsTheBackendsToHoldAndOursToCheck(string said, FailureCode? failure)
    {
        _bench.Backend.Answer = _ => [new Reply { Tokens = 1, ChatDeltas = { new ChatDelta { Content = said } } }, ScriptedBackend.End()];

        var answer = await _bench.RunAsync(WorkerBench.Chat() with
        {
            Output = new OutputFormat { Kind = OutputKind.JsonSchema, Schema = """{"type":"object","properties":{"a":{"type":"integer"}}}""", Strict = true },
        });

        Assert.Equal(failure, answer.Failure?.Code);
        var format = JsonElement.Parse(Assert.Single(_bench.Backend.Asked).ResponseFormat);
        Assert.Equal(("json_schema", true), (format.GetProperty("type").GetString(), format.GetProperty("json_schema").GetProperty("strict").GetBoolean()));
    }

    private static Reply Delta(Backends.Protocol.Messages.ToolCallDelta call) => new() { Tokens = 1, ChatDeltas = { new ChatDelta { ToolCalls = { call } } } };
}
