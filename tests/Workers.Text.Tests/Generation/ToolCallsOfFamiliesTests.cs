using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Testing.Gbnf;
using LocalAI.Pipeline.Workers.Text.Tests.Harness;

namespace LocalAI.Pipeline.Workers.Text.Tests.Generation;

/// <summary>A backend that writes whatever its grammar allows, as a model of each family would.</summary>
public sealed class ToolCallsOfFamiliesTests
{
    private const string Weather = """{"type":"object","properties":{"city":{"type":"string","maxLength":12},"unit":{"enum":["c","f"]}},"required":["city","unit"],"additionalProperties":false}""";
    private const string Search = """{"type":"object","properties":{"count":{"type":"integer","minimum":1,"maximum":9}},"required":["count"],"additionalProperties":false}""";

    /// <summary>What only the template of a family has.</summary>
    private static readonly Dictionary<string, string> Templates = new(StringComparer.Ordinal)
    {
        ["hermes"] = "{{ '<tool_call>' }}",
        ["llama3"] = "<|start_header_id|> {\"name\": x, \"parameters\": y}",
        ["llama3 with its tag"] = "<|python_tag|>",
        ["mistral"] = "[TOOL_CALLS]",
        ["generic"] = "{{ messages }}",
    };

    public static TheoryData<string, bool> Families => [.. Templates.Keys.SelectMany(family => ((bool[])[true, false]).Select(parallel => (family, parallel)))];

    [Theory]
    [MemberData(nameof(Families))]
    public async Task ForcedCall_OfAnyTextThatTheGrammarAllows_IsMade(string family, bool parallel)
    {
        await using var bench = await WorkerBench.StartAsync(backend: new ScriptedBackend { Metadata = new() { ChatTemplate = Templates[family] } });
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            bench.Backend.Answer = request => ScriptedBackend.Pieces(new GbnfDerivation(GbnfGrammar.Parse(request.Grammar), random).Next(random.Next(120)));

            var answer = await bench.RunAsync(Command(ToolChoiceMode.Required, parallel));

            Assert.Null(answer.Failure);
            Assert.Equal((FinishReason.ToolCalls, ""), (answer.Reason, answer.Text));
            Assert.InRange(answer.Calls.Count, 1, parallel ? 32 : 1);
            Assert.All(answer.Calls, AssertValid);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task FreeAnswer_IsCallsOrTextAsTheModelBegins(string family, bool parallel)
    {
        await using var bench = await WorkerBench.StartAsync(backend: new ScriptedBackend { Metadata = new() { ChatTemplate = Templates[family] } });
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var said = "";
            bench.Backend.Answer = request => ScriptedBackend.Pieces(said = Said(request.Grammar, request.GrammarLazy, random));

            var answer = await bench.RunAsync(Command(ToolChoiceMode.Auto, parallel));

            Assert.Null(answer.Failure);
            Assert.All(answer.Calls, AssertValid);
            Assert.Equal(answer.Calls.Count > 0 ? FinishReason.ToolCalls : FinishReason.Stop, answer.Reason);
            Assert.True(answer.Calls.Count > 0 || answer.Text == said, $"said {said}\ntold {answer.Text}");
        }
    }

    [Fact]
    public async Task BackendThatIgnoresItsGrammar_FailsTheAnswerAndSaysWhose()
    {
        await using var bench = await WorkerBench.StartAsync();
        bench.Backend.Answer = _ => ScriptedBackend.Pieces("I would rather talk.");

        var call = await bench.RunAsync(Command(ToolChoiceMode.Required, parallel: true));
        var json = await bench.RunAsync(WorkerBench.Chat() with { Output = new OutputFormat { Kind = OutputKind.JsonSchema, Schema = Search } });
        bench.Backend.Answer = _ => ScriptedBackend.Pieces("""{"count":10}""");
        var wrong = await bench.RunAsync(WorkerBench.Chat() with { Output = new OutputFormat { Kind = OutputKind.JsonSchema, Schema = Search } });
        bench.Backend.Answer = _ => [ScriptedBackend.Text("""{"cou"""), ScriptedBackend.End("length")];
        var cut = await bench.RunAsync(WorkerBench.Chat() with { Output = new OutputFormat { Kind = OutputKind.JsonSchema, Schema = Search } });

        Assert.All([call, json, wrong], answer => Assert.Equal(FailureCode.BackendError, answer.Failure!.Code));
        Assert.Contains("no tool call", call.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("no JSON", json.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("count", wrong.Failure!.Message, StringComparison.Ordinal);
        // What a limit cut is not whole, and its finish reason says so.
        Assert.Equal(FinishReason.Length, cut.Reason);
    }

    // A lazy grammar sleeps until a trigger: the model says something, then perhaps the trigger.
    private static string Said(string grammar, bool isLazy, Random random)
    {
        var text = new GbnfDerivation(GbnfGrammar.Parse(grammar), random).Next(random.Next(120));
        return isLazy ? random.Next(2) == 0 ? "Let me see. " + text : "Only talk." : text;
    }

    private static GenerateText Command(ToolChoiceMode mode, bool parallel) => WorkerBench.Chat() with
    {
        Tools = [WorkerBench.Tool("get_weather", Weather), WorkerBench.Tool("search", Search), new ToolDefinition { Name = "now" }],
        ToolChoice = new ToolChoice { Mode = mode, Parallel = parallel },
    };

    private static void AssertValid((string Name, string Arguments) call)
    {
        var schema = call.Name switch
        {
            "get_weather" => Weather,
            "search" => Search,
            _ => """{"const":{}}""",
        };
        Assert.Null(JsonSchemaDocument.Parse(JsonElement.Parse(schema)).FirstViolation(JsonElement.Parse(call.Arguments)));
    }
}
