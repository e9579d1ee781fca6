using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LocalAI.Pipeline.ModelCatalogue;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>Finds calls in a finished answer by the regular expressions of a model's file, in the order in which LocalAI applies them. Its engine never backtracks.</summary>
internal sealed class CallPatterns
{
    private static readonly ConditionalWeakTable<FunctionSettings, CallPatterns> Known = [];

    private readonly string _nameKey;
    private readonly string _argumentsKey;
    private readonly (Regex Pattern, string Replacement)[] _answerReplacements;
    private readonly (Regex Pattern, string Replacement)[] _callReplacements;
    private readonly Regex[] _captures;
    private readonly Regex[] _json;
    private readonly Regex[] _responses;
    private readonly ArgumentPatterns? _arguments;

    private CallPatterns(FunctionSettings settings)
    {
        _nameKey = settings.FunctionNameKey ?? "name";
        _argumentsKey = settings.FunctionArgumentsKey ?? "arguments";
        _answerReplacements = Replacements(settings.ReplaceAnswer);
        _callReplacements = Replacements(settings.ReplaceFunctionResults);
        _captures = Patterns(settings.CaptureAnswer);
        _json = Patterns(settings.JsonRegexMatch);
        _responses = Patterns(settings.ResponseRegex);
        _arguments = settings.ArgumentRegex.Count > 0
            ? new ArgumentPatterns(Patterns(settings.ArgumentRegex), settings.ArgumentRegexKeyName ?? "key", settings.ArgumentRegexValueName ?? "value")
            : null;
    }

    /// <summary>Null where the file has none.</summary>
    public static CallPatterns? Of(FunctionSettings settings) => settings.HasPatterns ? Known.GetValue(settings, known => new CallPatterns(known)) : null;

    internal static Regex[] Patterns(IEnumerable<string> patterns) => [.. patterns.Select(pattern => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))];

    /// <summary>The text of the answer beside its calls, and the calls of these names.</summary>
    public (string Text, IReadOnlyList<(string Name, string Arguments)> Calls) Read(string answer, IReadOnlySet<string> names)
    {
        var text = Replaced(answer, _answerReplacements);
        var searched = Replaced(text, _callReplacements);
        var calls = (_responses.Length > 0 ? Named(searched) : Written(searched)).Where(call => names.Contains(call.Name)).Take(OutputLimits.Calls).ToList();
        return (calls.Count == 0 ? text : Captured(answer), calls);
    }

    private static string Replaced(string text, (Regex Pattern, string Replacement)[] replacements) =>
        replacements.Aggregate(text, (current, replacement) => replacement.Pattern.Replace(current, replacement.Replacement));

    private string Captured(string answer) =>
        _captures.Select(capture => capture.Match(answer)).FirstOrDefault(match => match.Success && match.Groups.Count > 1)?.Groups[1].Value.Trim() ?? "";

    private IEnumerable<(string Name, string Arguments)> Named(string text)
    {
        foreach (var match in _responses.SelectMany(response => response.Matches(text)))
        {
            var written = match.Groups[_argumentsKey].Value;
            if ((_arguments is null ? JsonPieces.ObjectText(written) : _arguments.Read(written)) is { } arguments)
            {
                yield return (match.Groups[_nameKey].Value, arguments);
            }
        }
    }

    private IEnumerable<(string Name, string Arguments)> Written(string text)
    {
        var found = _json.Select(pattern => pattern.Matches(text).Where(match => match.Groups.Count > 1).Select(match => match.Groups[1].Value).ToList())
            .FirstOrDefault(matches => matches.Count > 0) ?? [text];
        foreach (var piece in found.SelectMany(JsonPieces.Objects))
        {
            if (piece[_nameKey] is JsonValue name && name.TryGetValue<string>(out var called) && ArgumentsOf(piece[_argumentsKey]) is { } arguments)
            {
                yield return (called, arguments);
            }
        }
    }

    private static string? ArgumentsOf(JsonNode? arguments) => arguments switch
    {
        JsonObject written => written.ToJsonString(),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonPieces.ObjectText(text),
        _ => null,
    };

    private static (Regex, string)[] Replacements(IEnumerable<TextReplacement> replacements) =>
        [.. replacements.Select(replacement => (new Regex(replacement.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), replacement.Replacement))];
}
