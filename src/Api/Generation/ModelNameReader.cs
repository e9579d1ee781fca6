using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary><c>model</c>.</summary>
internal static class ModelNameReader
{
    // Over what the catalogue lets a name have.
    private const int LongestName = 256;

    /// <returns>Null where the request names none.</returns>
    public static string? Read(FieldReader fields) =>
        fields.Text("model", LongestName) is { } name
            ? name.Length > 0 ? name : throw RequestErrors.WrongValue("model", "is empty.")
            : null;
}
