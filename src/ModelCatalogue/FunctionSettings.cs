namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary><c>function</c> of the file: how the model calls functions.</summary>
public sealed record FunctionSettings
{
    /// <summary>How the model writes calls: <c>hermes</c>, <c>llama3</c>, <c>mistral</c> or <c>json</c>; null is recognised from its template.</summary>
    public string? Format { get; init; }

    /// <summary>Key of the function's name in a call.</summary>
    public string? FunctionNameKey { get; init; }

    /// <summary>Key of the arguments in a call.</summary>
    public string? FunctionArgumentsKey { get; init; }

    /// <summary>Regular expressions with the groups <c>name</c> and <c>arguments</c> that find calls.</summary>
    public IReadOnlyList<string> ResponseRegex { get; init; } = [];

    /// <summary>Regular expressions that find one argument of a call.</summary>
    public IReadOnlyList<string> ArgumentRegex { get; init; } = [];

    /// <summary>The group that holds an argument's name.</summary>
    public string? ArgumentRegexKeyName { get; init; }

    /// <summary>The group that holds an argument's value.</summary>
    public string? ArgumentRegexValueName { get; init; }

    /// <summary>Regular expressions whose first group is the JSON of a call.</summary>
    public IReadOnlyList<string> JsonRegexMatch { get; init; } = [];

    /// <summary>Applied to calls.</summary>
    public IReadOnlyList<TextReplacement> ReplaceFunctionResults { get; init; } = [];

    /// <summary>Applied to the answer before calls are looked for.</summary>
    public IReadOnlyList<TextReplacement> ReplaceAnswer { get; init; } = [];

    /// <summary>Regular expressions whose first group is kept as text.</summary>
    public IReadOnlyList<string> CaptureAnswer { get; init; } = [];

    /// <summary>Whether calls are found by what this section says, in the finished answer, and not by the format of a family.</summary>
    public bool HasPatterns => ResponseRegex.Count + JsonRegexMatch.Count + ReplaceFunctionResults.Count + ReplaceAnswer.Count + CaptureAnswer.Count > 0
        || FunctionNameKey is not (null or "name") || FunctionArgumentsKey is not (null or "arguments");

    /// <summary>The grammar that calls are held to.</summary>
    public GrammarSettings Grammar { get; init; } = new();
}
