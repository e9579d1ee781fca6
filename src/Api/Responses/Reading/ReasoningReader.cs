using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary><c>reasoning</c>: how much the model thinks, and whether its thoughts come with a summary.</summary>
internal static class ReasoningReader
{
    public static ReasoningSettings Read(FieldReader fields)
    {
        if (fields.Object("reasoning") is not { } reasoning)
        {
            return new ReasoningSettings(null, null);
        }

        var effort = reasoning.Text("effort");
        if (effort is not (null or "none" or "minimal" or "low" or "medium" or "high" or "xhigh" or "max"))
        {
            throw RequestErrors.WrongValue(reasoning.PathOf("effort"), "must be 'none', 'minimal', 'low', 'medium', 'high', 'xhigh' or 'max'.");
        }

        var settings = new ReasoningSettings(effort, Summary(reasoning));
        Only(reasoning, "mode", "standard");
        Only(reasoning, "context", "auto");
        reasoning.RefuseOthers();
        return settings;
    }

    private static string? Summary(FieldReader reasoning)
    {
        var old = reasoning.Text("generate_summary");
        var summary = reasoning.Text("summary") ?? old;
        return summary is null or "auto" or "concise" or "detailed"
            ? summary
            : throw RequestErrors.WrongValue(reasoning.PathOf("summary"), "must be 'auto', 'concise' or 'detailed'.");
    }

    private static void Only(FieldReader reasoning, string name, string value)
    {
        if (reasoning.Text(name) is { } other && other != value)
        {
            throw RequestErrors.Unsupported(reasoning.PathOf(name), $"there is only '{value}'.");
        }
    }
}
