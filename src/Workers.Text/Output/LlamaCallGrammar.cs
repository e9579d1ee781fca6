using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The answer is the objects, with or without the marker before the first.</summary>
internal sealed class LlamaCallGrammar(IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel)
    : ToolCallGrammar(functions, parallel)
{
    public override string Beginning => $"^(?:<\\|python_tag\\|>|(?:\\{{(?:\"type\": ?\"function\", ?)?\"name\": ?\"{NamesExpression}\"))";

    public override string Add(GrammarBuilder builder, string name, bool isOpened)
    {
        var call = AddObject(builder, "parameters", head: $"(\"\\\"type\\\":\" {builder.Space} \"\\\"function\\\",\" {builder.Space})?");
        return builder.Add(name, $"{GrammarBuilder.Literal(LlamaCallReader.Opening)}? {Some(builder, call, "\";\" \" \"?")}");
    }
}
