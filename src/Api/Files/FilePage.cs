using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Files;

/// <summary>Which files are listed.</summary>
internal sealed record FilePage(string? Purpose, string? After, int Limit, bool IsAscending)
{
    // OpenAI's bound, and its default.
    private const int Most = 10_000;

    public static FilePage Read(QueryReader query)
    {
        var page = new FilePage(query.OneOf("purpose", FilePurposes.All), query.Text("after"), query.Integer("limit", 1, Most) ?? Most, query.OneOf("order", "asc", "desc") == "asc");
        query.RefuseOthers();
        return page;
    }
}
