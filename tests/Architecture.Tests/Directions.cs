namespace LocalAI.Pipeline.Architecture.Tests;

/// <summary>Who may see whom. A reference that is not here is a decision: make it here first, with its reason.</summary>
internal static class Directions
{
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Messages"] = [],
        ["Settings"] = [],
        // Its one option is checked with all others at the start.
        ["ModelCatalogue"] = ["Settings"],
        ["ChatTemplates"] = [],
        // Its options are checked with all others at the start.
        ["ObjectStorage"] = ["Settings"],
        ["JsonSchemas"] = [],
        ["Backends.Protocol"] = [],
        ["Bus"] = ["Messages", "Settings"],
        ["Workers.Hosting"] = ["Messages", "Settings", "Bus", "ModelCatalogue", "Backends.Protocol"],
        ["Workers.Text"] = ["ChatTemplates", "JsonSchemas", "Workers.Hosting", "Messages", "Settings", "Bus", "ModelCatalogue", "Backends.Protocol"],
        // Which of a model's templates a prompt is put into depends on the endpoint that it came to.
        ["Api"] = ["JsonSchemas", "Messages", "ObjectStorage", "Settings", "Bus", "ModelCatalogue", "ChatTemplates"],
        ["Backends.Llama"] = ["Backends.Protocol", "ChatTemplates"],
        ["Standalone"] = ["Api", "Workers.Text", "Workers.Hosting", "Messages", "Settings", "Bus", "ModelCatalogue"],
    };

    /// <summary>Programs that a host carries and starts as child processes, without seeing their code.</summary>
    public static IReadOnlySet<string> Carried { get; } = new HashSet<string>(StringComparer.Ordinal) { "Backends.Llama" };
}
