namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>A place in the template's source, both from 1.</summary>
internal readonly record struct Position(int Line, int Column);
