using LocalAI.Pipeline.Api.Errors;

namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>Ids of conversations.</summary>
internal static class ConversationIds
{
    private const string Prefix = "conv_";

    public static string Of(Guid id) => $"{Prefix}{id:N}";

    /// <exception cref="ApiException">It is none of ours, so there is no such conversation.</exception>
    public static Guid Read(string id, string? parameter = null) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(id.AsSpan(Prefix.Length), "N", out var read) ? read : throw NotFound(id, parameter);

    /// <summary>There is none, or it is another's: nobody learns which.</summary>
    public static ApiException NotFound(string id, string? parameter = null) =>
        new(new ApiError(404, ApiErrorTypes.InvalidRequest, "conversation_not_found", $"Conversation with id '{Shown.Short(id)}' not found.", parameter));
}
