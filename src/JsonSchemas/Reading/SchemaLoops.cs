namespace LocalAI.Pipeline.JsonSchemas.Reading;

/// <summary>
/// References and compositions consume no text, so a cycle of them would say nothing and be left recursion; a long chain of
/// them costs a stack frame each in the check of instances.
/// </summary>
internal static class SchemaLoops
{
    private const int Open = -1;

    /// <exception cref="JsonSchemaException">There is a cycle, or a chain that is too long.</exception>
    public static void Refuse(IEnumerable<SchemaNode> nodes, int longest)
    {
        var lengths = new Dictionary<SchemaNode, int>();
        foreach (var node in nodes)
            Measure(node, 0, longest, lengths);
    }

    private static int Measure(SchemaNode node, int depth, int longest, Dictionary<SchemaNode, int> lengths)
    {
        if (lengths.TryGetValue(node, out var known) && known != Open)
            return known;
        if (known == Open || depth > longest)
            throw KeywordValues.Refuse(node, Keyword(node), $"The schema refers to itself without an object or array between, or over more than {longest} steps.");
        lengths[node] = Open;
        var length = 0;
        foreach (var next in node.InPlace)
            length = Math.Max(length, Measure(next, depth + 1, longest, lengths) + 1);
        if (length > longest)
            throw KeywordValues.Refuse(node, Keyword(node), $"More than {longest} references and compositions follow one another.");
        return lengths[node] = length;
    }

    private static string Keyword(SchemaNode node) =>
        node.Reference is not null ? "$ref" : node.AnyOf is not null ? "anyOf" : node.OneOf is not null ? "oneOf" : "allOf";
}
