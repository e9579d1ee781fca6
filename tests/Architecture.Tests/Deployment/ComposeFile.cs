using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace LocalAI.Pipeline.Architecture.Tests.Deployment;

/// <summary>A compose file with its merge keys resolved.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<object, object?> _root;

    private ComposeFile(string name)
    {
        Text = File.ReadAllText(Path.Combine(Folder, name));
        using var reader = new StringReader(Text);
        _root = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(reader)));
    }

    public static string Folder { get; } = Path.Combine(SourceTree.Root, "infra", "docker-compose");

    public string Text { get; }

    public IReadOnlyDictionary<string, Dictionary<object, object?>> Services =>
        Map(_root["services"]).ToDictionary(entry => (string)entry.Key, entry => Map(entry.Value), StringComparer.Ordinal);

    /// <summary>The names in <c>${NAME...}</c>.</summary>
    public IEnumerable<string> Variables => Variable().Matches(Text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);

    public static ComposeFile Read(string name) => new(name);

    /// <summary>Names and defaults in .env.example, also of the lines that are commented out.</summary>
    public static IReadOnlyDictionary<string, string> Example() =>
        File.ReadLines(Path.Combine(Folder, ".env.example")).Select(line => ExampleLine().Match(line)).Where(match => match.Success)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);

    public static Dictionary<object, object?> Map(object? value) => (Dictionary<object, object?>)value!;

    /// <summary>A service's environment, variables replaced by their defaults or by the example's values.</summary>
    public IReadOnlyDictionary<string, string> Environment(string service) =>
        Map(Services[service]["environment"]).ToDictionary(entry => (string)entry.Key, entry => Substitute((string)entry.Value!), StringComparer.Ordinal);

    public static string Substitute(string value) => Variable().Replace(value, match =>
        match.Groups["kind"].Value == ":-" ? match.Groups["default"].Value : Example()[match.Groups["name"].Value]);

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(?<kind>:-|:\?)?(?<default>[^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^#?(?<name>[A-Z][A-Z_]*)=(?<value>.*)$")]
    private static partial Regex ExampleLine();
}
