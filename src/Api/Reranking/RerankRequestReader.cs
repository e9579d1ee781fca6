using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Reranking;

/// <summary>Reads a reranking request strictly, in Jina's shape.</summary>
internal static class RerankRequestReader
{
    // Jina's bound.
    private const int MaxDocuments = 2048;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static RerankRequest Read(JsonElement root)
    {
        var fields = new FieldReader(root);
        var request = new RerankRequest
        {
            Model = ModelNameReader.Read(fields),
            Query = NotEmpty("query", fields.RequiredText("query")),
            Documents = Documents(fields),
            TopN = fields.Integer("top_n", 1, int.MaxValue),
            ReturnDocuments = fields.Flag("return_documents") ?? true,
        };
        fields.RefuseOthers();
        return request;
    }

    private static List<string> Documents(FieldReader fields)
    {
        var items = fields.Items("documents", MaxDocuments) ?? throw RequestErrors.Missing("documents");
        return items.Count > 0
            ? [.. items.Select(item => Document(item.Path, item.Value))]
            : throw RequestErrors.WrongValue("documents", "is empty.");
    }

    private static string Document(string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return NotEmpty(path, value.GetString()!);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw RequestErrors.WrongType(path, "a string or an object with a text", FieldReader.Kind(value));
        }

        var document = new FieldReader(value, path);
        var text = NotEmpty(document.PathOf("text"), document.RequiredText("text"));
        document.RefuseOthers();
        return text;
    }

    private static string NotEmpty(string path, string text) => text.Length > 0 ? text : throw RequestErrors.WrongValue(path, "is empty.");
}
