namespace LocalAI.Pipeline.Messages.Text;

/// <summary>What a part of a message is besides text.</summary>
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Image,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A film.</summary>
    Video,
}
