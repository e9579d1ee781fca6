namespace LocalAI.Pipeline.Api.Errors;

/// <summary>What a caller is told, in whichever shape its API has.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The kind, one of <see cref="ApiErrorTypes"/>.</param>
/// <param name="Code">The case, for programs.</param>
/// <param name="Message">Who, where, and what to do next, for people.</param>
/// <param name="Parameter">The field of the request, such as <c>messages[0].role</c>.</param>
/// <param name="RetryAfterSeconds">When trying again may help.</param>
internal sealed record ApiError(int Status, string Type, string Code, string Message, string? Parameter = null, int? RetryAfterSeconds = null);
