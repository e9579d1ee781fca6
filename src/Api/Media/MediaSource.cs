using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Media;

/// <summary>A picture, sound or film as a request has it.</summary>
/// <param name="Message">The index of its message among the neutral ones.</param>
/// <param name="Path">Its field, for errors.</param>
/// <param name="Base64">Its bytes, or null where it is a link.</param>
/// <param name="Link">Where it is, or null.</param>
internal sealed record MediaSource(int Message, MediaKind Kind, string Path, string? Base64, Uri? Link);
