namespace LocalAI.Pipeline.Api.Requests;

/// <summary>A file in a form, which is being read.</summary>
/// <param name="Name">The name that the caller gave it; anything may be in it.</param>
/// <param name="ContentType">What the caller says it is.</param>
/// <param name="Content">Its bytes, up to the form's limit.</param>
internal sealed record FormFile(string? Name, string? ContentType, Stream Content);
