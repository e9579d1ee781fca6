using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Files;

internal static class FileErrors
{
    /// <summary>The same for what is not there, has expired, and is somebody else's.</summary>
    public static ApiException NotFound(string kind, string id, string parameter = "id") =>
        new(new ApiError(404, ApiErrorTypes.InvalidRequest, "not_found", $"There is no {kind} '{Shown.Short(id)}' for this key.", parameter));
}
