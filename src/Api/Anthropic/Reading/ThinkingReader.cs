using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>
/// <c>thinking</c>, together with <c>output_config.effort</c>: whether the template lets the model think, and how much a
/// template that knows efforts asks for. A budget chooses an effort; like Anthropic's it is an aim and cuts nothing off.
/// </summary>
internal static class ThinkingReader
{
    // Anthropic's least, and its own examples of a little and of much.
    private const int LeastBudget = 1024;
    private const int MediumBudget = 4096;
    private const int HighBudget = 16_384;
    private const int MostBudget = 100_000_000;

    /// <param name="effort">The request's effort in the neutral command's words, or null.</param>
    public static ThinkingSettings Read(FieldReader fields, string? effort)
    {
        // Alone it says how to answer, not whether to think.
        var word = effort is null ? null : $$"""{"reasoning_effort":"{{effort}}"}""";
        if (fields.Object("thinking") is not { } thinking)
        {
            return new ThinkingSettings(null, word);
        }

        var type = thinking.RequiredText("type");
        var settings = type switch
        {
            "disabled" => new ThinkingSettings("none", word),
            "adaptive" => effort is null ? new ThinkingSettings(null, """{"enable_thinking":true}""") : new ThinkingSettings(effort),
            "enabled" => Enabled(thinking, effort),
            "between_tools" => throw RequestErrors.Unsupported(thinking.PathOf("type"), "there are 'enabled', 'adaptive' and 'disabled'."),
            _ => throw RequestErrors.WrongValue(thinking.PathOf("type"), $"is '{Shown.Short(type)}', but must be 'enabled', 'adaptive' or 'disabled'."),
        };
        if (type != "disabled")
        {
            settings = settings with { IsOmitted = IsOmitted(thinking) };
        }

        thinking.RefuseOthers();
        return settings;
    }

    private static ThinkingSettings Enabled(FieldReader thinking, string? effort)
    {
        var budget = thinking.Integer("budget_tokens", LeastBudget, MostBudget) ?? throw RequestErrors.Missing(thinking.PathOf("budget_tokens"));
        return new ThinkingSettings(effort ?? (budget < MediumBudget ? "low" : budget < HighBudget ? "medium" : "high"), Budget: budget);
    }

    // A summary is whatever the model thought: nobody here shortens it.
    private static bool IsOmitted(FieldReader thinking) => thinking.Text("display") switch
    {
        null or "summarized" => false,
        "omitted" => true,
        _ => throw RequestErrors.WrongValue(thinking.PathOf("display"), "must be 'summarized' or 'omitted'."),
    };
}
