using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>The answer is one call, or an object with a list of them.</summary>
internal sealed class GenericCallGrammar(IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel)
    : ToolCallGrammar(functions, parallel)
{
    public override string Beginning => $"^(?:\\{{\"tool_calls\": ?\\[|\\{{\"name\": ?\"{NamesExpression}\")";

    public override string Add(GrammarBuilder builder, string name, bool isOpened)
    {
        var call = AddObject(builder, "arguments");
        var list = $"\"{{\\\"tool_calls\\\":\" {builder.Space} \"[\" {Some(builder, call, $"\",\"{builder.Space}")} \"]}}\"";
        return builder.Add(name, IsParallel ? $"{call} | {list}" : call);
    }
}
