namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>What an endpoint answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON.</param>
/// <param name="Error">The error that the body tells, in our own words.</param>
internal sealed record EndpointAnswer(int Status, string Body, Errors.ApiError? Error);
