using LocalAI.Pipeline.JsonSchemas;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Each call between its markers, a line each.</summary>
internal sealed class HermesCallGrammar(IReadOnlyList<(string Name, JsonSchemaDocument? Arguments)> functions, bool parallel)
    : ToolCallGrammar(functions, parallel)
{
    public override string? Opening => HermesCallReader.Opening;

    public override string Add(GrammarBuilder builder, string name, bool isOpened)
    {
        var space = builder.Add("call-space", "[ \\n]{0,2}");
        var opened = builder.Add("opened-call", $"{space} {AddObject(builder, "arguments")} {space} {GrammarBuilder.Literal(HermesCallReader.Closing)}");
        var call = builder.Add("marked-call", $"{GrammarBuilder.Literal(HermesCallReader.Opening)} {opened}");
        var some = Some(builder, call, space);
        // The first one's opening is behind us.
        return builder.Add(name, isOpened ? opened + some[call.Length..] : some);
    }
}
