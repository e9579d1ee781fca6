using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Tests.Harness;

namespace LocalAI.Pipeline.Workers.Text.Tests.Generation;

/// <summary><c>function.*</c> of a model's file, as the files of LocalAI's gallery have them.</summary>
public sealed class CallPatternsTests
{
    private const string Named = """
        function:
          disable_no_action: true
          grammar: {disable: true}
          response_regex:
          - <function=(?P<name>\w+)>(?P<arguments>.*)</function>
        """;

    private const string Scratchpad = """
        function:
          json_regex_match: ["(?s)<tool_call>(.*?)</tool_call>", "(?s)<tool_call>(.*)"]
          capture_llm_results: ["(?s)<scratchpad>(.*?)</scratchpad>"]
          replace_llm_results: [{key: "(?s)<scratchpad>.*?</scratchpad>", value: ""}]
        """;

    private const string Bare = """
        function:
          replace_function_results: [{key: '(?s)^[^{\[]*', value: ""}, {key: '(?s)[^}\]]*$', value: ""}]
        """;

    private const string Keys = "function: {function_name_key: function, function_arguments_key: args}";

    private const string Pairs = """
        function:
          response_regex: ['\[(?P<name>\w+)\((?P<arguments>.*)\)\]']
          argument_regex: ['(?P<key>[^ ''\(=,]+)[=''"]+(?P<value>[^=,"'']+)[''"]?']
        """;

    [Theory]
    [InlineData(Named, "<function=f>{\"a\": 1}</function>", "f {\"a\": 1}", "")]
    [InlineData(Named, "<function=f>{\"a\": 1</function>", null, "<function=f>{\"a\": 1</function>")]
    [InlineData(Named, "<function=other>{}</function>", null, "<function=other>{}</function>")]
    [InlineData(Named, "Just words.", null, "Just words.")]
    [InlineData(Scratchpad, "<scratchpad> think </scratchpad><tool_call>{\"name\":\"f\",\"arguments\":{\"a\":1}}</tool_call>", "f {\"a\":1}", "think")]
    [InlineData(Scratchpad, "<scratchpad>x</scratchpad>Words", null, "Words")]
    [InlineData(Scratchpad, "<tool_call>{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}", "f {\"a\":1}", "")]
    [InlineData(Bare, "Sure: [{\"name\":\"f\",\"arguments\":{}},{\"name\":\"g\",\"arguments\":{}}] done", "f {}|g {}", "")]
    [InlineData(Keys, "{\"function\":\"g\",\"args\":{\"b\":2}} {\"function\":\"f\",\"args\":{}}", "g {\"b\":2}|f {}", "")]
    [InlineData(Pairs, "[f(city='Paris', unit='c')]", "f {\"city\":\"Paris\",\"unit\":\"c\"}", "")]
    public async Task Answer_IsSearchedForCalls(string yaml, string said, string? calls, string text)
    {
        await using var bench = await WorkerBench.StartAsync(yaml);
        bench.Backend.Answer = _ => ScriptedBackend.Pieces(said);

        var answer = await bench.RunAsync(Command());

        Assert.Equal(calls ?? "", string.Join('|', answer.Calls.Select(call => $"{call.Name} {call.Arguments}")));
        Assert.Equal(text, answer.Text);
        Assert.Equal(calls is null ? FinishReason.Stop : FinishReason.ToolCalls, answer.Reason);
        Assert.Empty(Assert.Single(bench.Backend.Asked).Grammar);
    }

    [Fact]
    public async Task Answer_WithoutTools_StreamsAsItIs()
    {
        await using var bench = await WorkerBench.StartAsync(Named);
        bench.Backend.Answer = _ => ScriptedBackend.Pieces("<function=f>{}</function>");

        Assert.Equal("<function=f>{}</function>", (await bench.RunAsync(WorkerBench.Chat())).Text);
    }

    [Fact]
    public async Task Answer_ThatIsTooLongToBeHeld_IsText()
    {
        await using var bench = await WorkerBench.StartAsync(Named);
        var said = new string('a', 70_000) + "<function=f>{}</function>";
        bench.Backend.Answer = _ => [.. said.Chunk(10_000).Select(piece => ScriptedBackend.Text(new string(piece))), ScriptedBackend.End()];

        var answer = await bench.RunAsync(Command());

        Assert.Equal(said, answer.Text);
        Assert.Empty(answer.Calls);
    }

    [Theory]
    [InlineData("function: {format: mistral}", "[TOOL_CALLS]")]
    [InlineData("function: {grammar: {triggers: [{word: '<tool_call>'}]}}", "<tool_call>")]
    [InlineData("function: {format: llama3}", "<|python_tag|>")]
    public async Task Format_OfTheFile_IsTheGrammars(string yaml, string mark)
    {
        await using var bench = await WorkerBench.StartAsync(yaml);
        await bench.RunAsync(Command() with { ToolChoice = new ToolChoice { Mode = ToolChoiceMode.Required } });

        Assert.Contains(mark, Assert.Single(bench.Backend.Asked).Grammar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grammar_ThatTheFileForbids_IsNotThere()
    {
        await using var bench = await WorkerBench.StartAsync("function: {grammar: {disable: true}, format: hermes}");
        bench.Backend.Answer = _ => ScriptedBackend.Pieces("""<tool_call>{"name":"f","arguments":{}}</tool_call>""");

        Assert.Equal(("f", "{}"), Assert.Single((await bench.RunAsync(Command())).Calls));
        Assert.Empty(Assert.Single(bench.Backend.Asked).Grammar);
    }

    private static GenerateText Command() => WorkerBench.Chat() with { Tools = [new ToolDefinition { Name = "f" }, new ToolDefinition { Name = "g" }] };
}
