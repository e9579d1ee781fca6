using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The parameters of <c>GET /v1/responses/{id}</c>.</summary>
/// <param name="Stream">Its events are wanted.</param>
/// <param name="After">The number of the last event that the caller has; -1 is none.</param>
internal sealed record ResponseQuery(bool Stream, long After)
{
    /// <exception cref="ApiException">Something in it is wrong, and is named.</exception>
    public static ResponseQuery Read(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters);
        var stream = query.Flag("stream") ?? false;
        var after = query.Number("starting_after", -1, long.MaxValue);
        if (after is not null && !stream)
        {
            throw RequestErrors.WrongValue("starting_after", "is only possible with 'stream=true'.");
        }

        if (query.Flag("include_obfuscation") == true)
        {
            throw RequestErrors.Unsupported("include_obfuscation", "frames are not padded here; leave it out.");
        }

        ItemPage.CheckIncludes(query);
        query.RefuseOthers();
        return new ResponseQuery(stream, after ?? -1);
    }
}
