using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The answer is the objects, with or without the marker before the first.</summary>
internal sealed class LlamaCallGrammar(IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel)
    : ToolCallGrammar(functions, parallel)
{
    public override string? Opening => LlamaCallReader.Opening;

    public override string Beginning => $"^\\{{(?:\"type\": ?\"function\", ?)?\"name\": ?\"{NamesExpression}\"";

    public override string Add(GrammarBuilder builder, string name, bool isOpened)
    {
        var call = AddObject(builder, "parameters", head: $"(\"\\\"type\\\":\" {builder.Space} \"\\\"function\\\",\" {builder.Space})?");
        var some = Some(builder, call, "\";\" \" \"?");
        return builder.Add(name, isOpened ? some : $"{GrammarBuilder.Literal(LlamaCallReader.Opening)}? {some}");
    }
}
