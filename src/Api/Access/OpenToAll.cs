namespace LocalAI.Pipeline.Api.Access;

/// <summary>Endpoint metadata: no key is asked for, so that whoever watches the process needs none.</summary>
internal sealed class OpenToAll;
