using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Embeddings;

/// <summary>Reads an embeddings request strictly.</summary>
internal static class EmbeddingsRequestReader
{
    // OpenAI's bound.
    private const int MaxInputs = 2048;

    private const int LongestIdentifier = 512;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static EmbeddingsRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var request = new EmbeddingsRequest(
            ModelNameReader.Read(fields), TokenInputReader.Read(fields, "input", MaxInputs), IsBase64(fields), fields.Integer("dimensions", 1, VectorLength.Most));
        _ = fields.Text("user", LongestIdentifier);
        fields.RefuseOthers();
        return request;
    }

    private static bool IsBase64(FieldReader fields) => fields.Text("encoding_format") switch
    {
        null or "float" => false,
        "base64" => true,
        _ => throw RequestErrors.WrongValue("encoding_format", "must be 'float' or 'base64'."),
    };
}
