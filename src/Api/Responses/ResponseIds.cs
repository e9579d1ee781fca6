using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>Ids of responses.</summary>
internal static class ResponseIds
{
    private const string Prefix = "resp_";

    public static string Of(Guid job) => $"{Prefix}{job:N}";

    public static bool TryRead(string id, out Guid job)
    {
        job = default;
        return id.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(id.AsSpan(Prefix.Length), "N", out job);
    }

    /// <summary>What a request goes on from is not there, or is another's.</summary>
    public static ApiException PreviousNotFound(string id) => new(new ApiError(
        404, ApiErrorTypes.InvalidRequest, "previous_response_not_found", $"Previous response with id '{Shown.Short(id)}' not found.", "previous_response_id"));

    /// <summary>There is none, or it is another's: nobody learns which.</summary>
    public static ApiException NotFound(string id, string? parameter = null) =>
        new(new ApiError(404, ApiErrorTypes.InvalidRequest, "response_not_found", $"Response with id '{Shown.Short(id)}' not found.", parameter));
}
