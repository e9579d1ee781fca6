using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.Jobs;

/// <summary>Whose request it is, and the id that finds it in the logs.</summary>
/// <param name="Owner">The name of the key.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="Lane">The lane that the request came in, which wins over what its body says; null where it came by itself.</param>
internal sealed record JobOrigin(string Owner, string RequestId, Lane? Lane = null);
