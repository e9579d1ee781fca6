using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Generation;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Reading;

namespace LocalAI.Pipeline.Api.Conversations;

/// <summary>The bodies that conversations take.</summary>
/// <param name="Metadata">As a JSON object's text; null where the body has none.</param>
/// <param name="Items">What is to be added.</param>
internal sealed record ConversationRequest(string? Metadata, IReadOnlyList<ResponseItem> Items)
{
    // OpenAI's.
    private const int MostItems = 20;

    public const string NoMetadata = "{}";

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ConversationRequest ReadNew(JsonElement root)
    {
        var fields = new FieldReader(root);
        var request = new ConversationRequest(Described(fields) ?? NoMetadata, ItemsOf(fields) ?? []);
        fields.RefuseOthers();
        return request;
    }

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ConversationRequest ReadMetadata(JsonElement root)
    {
        var fields = new FieldReader(root);
        // Null takes the metadata away.
        var isThere = root.TryGetProperty("metadata"u8, out _);
        var metadata = Described(fields) ?? (isThere ? NoMetadata : throw RequestErrors.Missing("metadata"));
        fields.RefuseOthers();
        return new ConversationRequest(metadata, []);
    }

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ConversationRequest ReadItems(JsonElement root)
    {
        var fields = new FieldReader(root);
        var request = new ConversationRequest(null, ItemsOf(fields) is { Count: > 0 } items ? items : throw RequestErrors.Missing("items"));
        fields.RefuseOthers();
        return request;
    }

    private static string? Described(FieldReader fields)
    {
        if (fields.Peek("metadata") is null)
        {
            return null;
        }

        var metadata = MetadataReader.Read(fields);
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            foreach (var (name, value) in metadata)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        });
    }

    private static List<ResponseItem>? ItemsOf(FieldReader fields)
    {
        var items = fields.Items("items", MostItems)?.Select(item => ItemReader.Read(item.Value, item.Path)).ToList();
        return items?.OfType<ItemReference>().FirstOrDefault() is { } reference
            ? throw RequestErrors.Unsupported($"{reference.Path}.type", "a conversation holds items themselves, not references to them.")
            : items;
    }
}
