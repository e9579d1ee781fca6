namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>How a statement ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}
