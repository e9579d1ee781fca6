using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Batches.Rows;

/// <summary>Which batches are listed, the newest first.</summary>
/// <param name="Before">Only those that are older than this one.</param>
/// <param name="After">Only those that are newer than this one, the oldest of them first.</param>
/// <param name="Limit">Batches of a page.</param>
internal sealed record BatchPage(string? Before, string? After, int Limit)
{
    private const int Default = 20;
    private const int MostOfOpenAi = 100;
    private const int MostOfAnthropic = 1000;

    /// <summary>OpenAI's <c>after</c> goes on where a page ended: to older ones.</summary>
    public static BatchPage OfOpenAi(QueryReader query)
    {
        var page = new BatchPage(query.Text("after"), null, query.Integer("limit", 1, MostOfOpenAi) ?? Default);
        query.RefuseOthers();
        return page;
    }

    /// <summary>Anthropic's <c>after_id</c> goes on to older ones, <c>before_id</c> back to newer ones.</summary>
    public static BatchPage OfAnthropic(QueryReader query)
    {
        var page = new BatchPage(query.Text("after_id"), query.Text("before_id"), query.Integer("limit", 1, MostOfAnthropic) ?? Default);
        query.RefuseOthers();
        return page;
    }
}
