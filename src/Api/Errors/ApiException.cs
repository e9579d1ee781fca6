namespace LocalAI.Pipeline.Api.Errors;

/// <summary>Ends a request with an error that was foreseen.</summary>
internal sealed class ApiException(ApiError error, Exception? inner = null) : Exception(error.Message, inner)
{
    public ApiError Error => error;
}
