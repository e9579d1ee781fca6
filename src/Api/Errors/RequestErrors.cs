namespace LocalAI.Pipeline.Api.Errors;

/// <summary>The ways in which a request's field can be wrong.</summary>
internal static class RequestErrors
{
    public static ApiException WrongType(string path, string expected, string found) =>
        Create("invalid_type", $"'{path}' must be {expected}, but is {found}.", path);

    public static ApiException WrongValue(string path, string problem) => Create("invalid_value", $"'{path}' {problem}", path);

    public static ApiException Missing(string path) => Create("missing_required_parameter", $"'{path}' is missing.", path);

    public static ApiException Unknown(string path) => Create("unknown_parameter", $"'{Shown.Short(path)}' is not a parameter of this endpoint: remove it, or check how it is written.", Shown.Short(path));

    public static ApiException Unsupported(string path, string reason) => Create("unsupported_parameter", $"'{path}' is not supported: {reason}", path);

    public static ApiException Create(string code, string message, string? path = null) =>
        new(new ApiError(400, ApiErrorTypes.InvalidRequest, code, message, path));
}
