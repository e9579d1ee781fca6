using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates.Tests.Conformance;

/// <summary>The fixture that make_expected.py wrote with the real Jinja2, and the inputs it used.</summary>
internal static class ExpectedOutcomes
{
    private static readonly string Folder = Path.Combine(
        RepositoryRoot.Find(), "tests", "ChatTemplates.Tests", "Conformance");

    /// <summary>What strftime_now gave when the fixture was made.</summary>
    public static DateTimeOffset Now { get; } = new DateTimeOffset(2025, 3, 9, 7, 5, 3, TimeSpan.Zero).AddMicroseconds(120);

    public static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!.AsObject();

    public static string Family(string name) => File.ReadAllText(Path.Combine(Folder, "families", name + ".jinja"));

    public static IEnumerable<string> Families() =>
        Directory.EnumerateFiles(Path.Combine(Folder, "families"), "*.jinja").Select(Path.GetFileNameWithoutExtension).Order()!;

    /// <summary>Null when it is as expected, else the difference.</summary>
    public static string? Difference(string name, string template, IEnumerable<KeyValuePair<string, JsonNode?>> variables, JsonObject expected)
    {
        string outcome, wanted = expected["text"]?.GetValue<string>() ?? (expected["raised"] is { } raised ? "raised: " + raised : "an error");
        try
        {
            outcome = ChatTemplate.Parse(template).RenderVariables(
                variables.Select(v => KeyValuePair.Create(v.Key, JsonValues.From(v.Value))), Now, TestContext.Current.CancellationToken);
        }
        catch (ChatTemplateException fault) when (fault.IsRaised)
        {
            outcome = "raised: " + fault.Message;
        }
        catch (ChatTemplateException fault)
        {
            outcome = expected["error"] is null ? "error: " + fault.Message : "an error";
        }

        return outcome == wanted ? null : $"{name}\n  template: {template}\n  expected: {wanted} {expected["error"]}\n  got:      {outcome}";
    }
}
