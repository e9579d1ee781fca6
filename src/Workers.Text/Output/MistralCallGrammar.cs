using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>After the marker a list of objects, or, as newer models do, names with their arguments, a marker each.</summary>
internal sealed class MistralCallGrammar(IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel)
    : ToolCallGrammar(functions, parallel)
{
    public override string? Opening => MistralCallReader.Opening;

    public override string Add(GrammarBuilder builder, string name, bool isOpened)
    {
        var opening = GrammarBuilder.Literal(MistralCallReader.Opening);
        var listed = AddObject(builder, "arguments", tail: $"(\",\" {builder.Space} \"\\\"id\\\":\" {builder.Space} \"\\\"\" [a-zA-Z0-9]{{9}} \"\\\"\")?");
        var list = builder.Add("call-list", $"\" \"? \"[\" {Some(builder, listed, $"\",\"{builder.Space}")} \"]\"");
        var named = builder.Add("named-call", string.Join(" | ", Functions.Select((function, i) =>
            $"{GrammarBuilder.Literal(function.Name)} {GrammarBuilder.Literal(MistralCallReader.ArgumentsTag)}? {AddArguments(builder, i)}")));
        var further = IsParallel ? $"({opening} {named}){{0,31}}" : "";
        return builder.Add(name, $"{(isOpened ? "" : opening)} ({list} | {named} {further})".TrimStart());
    }
}
