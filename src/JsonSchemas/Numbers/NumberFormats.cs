namespace LocalAI.Pipeline.JsonSchemas.Numbers;

/// <summary>OpenAPI's formats of numbers.</summary>
internal static class NumberFormats
{
    /// <returns>Null for a format that is none of them.</returns>
    public static NumberRange? Of(string format) => format switch
    {
        "int32" => new NumberRange { Least = int.MinValue, Most = int.MaxValue },
        "int64" => new NumberRange { Least = long.MinValue, Most = long.MaxValue },
        // Every number that is written here is one.
        "float" or "double" => NumberRange.All,
        _ => null,
    };
}
