using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Reading;

namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>Which part of a list of items a caller wants: <c>limit</c>, <c>order</c>, <c>after</c>, <c>include</c>.</summary>
/// <param name="Limit">How many.</param>
/// <param name="IsAscending">The oldest first.</param>
/// <param name="After">The id of the last item that the caller has, or null.</param>
internal sealed record ItemPage(int Limit, bool IsAscending, string? After)
{
    // OpenAI's.
    private const int MostItems = 100;
    private const int UsualItems = 20;

    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ItemPage Read(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters);
        var limit = (int)(query.Number("limit", 1, MostItems) ?? UsualItems);
        var isAscending = query.Text("order") switch
        {
            null or "desc" => false,
            "asc" => true,
            _ => throw RequestErrors.WrongValue("order", "must be 'asc' or 'desc'."),
        };
        var page = new ItemPage(limit, isAscending, query.Text("after"));
        CheckIncludes(query);
        query.RefuseOthers();
        return page;
    }

    /// <summary>What is there is shown always; what is not cannot be.</summary>
    /// <exception cref="ApiException">There is no such thing to include.</exception>
    public static void CheckIncludes(QueryReader query)
    {
        foreach (var name in query.Texts("include"))
        {
            IncludeReader.Check(name, "include");
        }
    }

    /// <summary>Writes the wanted part.</summary>
    /// <param name="items">All items, the oldest first, each with its id.</param>
    /// <exception cref="ApiException"><see cref="After"/> is none of them.</exception>
    public void Write(Utf8JsonWriter json, IReadOnlyList<ResponseItem> items)
    {
        var ordered = IsAscending ? items : [.. items.Reverse()];
        var start = 0;
        if (After is { } after)
        {
            start = ordered.Index().Where(entry => entry.Item.Id == after).Select(entry => entry.Index + 1).FirstOrDefault(-1);
            if (start < 0)
            {
                throw RequestErrors.WrongValue("after", $"is '{Shown.Short(after)}', which is no item of this list.");
            }
        }

        var shown = ordered.Skip(start).Take(Limit).ToList();
        WriteList(json, shown, start + shown.Count < ordered.Count);
    }

    public static void WriteList(Utf8JsonWriter json, IReadOnlyList<ResponseItem> shown, bool hasMore)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WritePropertyName("data"u8);
        ItemJson.WriteAll(json, shown);
        json.WriteString("first_id"u8, shown.Count > 0 ? shown[0].Id : null);
        json.WriteString("last_id"u8, shown.Count > 0 ? shown[^1].Id : null);
        json.WriteBoolean("has_more"u8, hasMore);
        json.WriteEndObject();
    }
}
