namespace LocalAI.Pipeline.ChatTemplates.Parsing;

/// <summary>A template ready to run: its statements, the size of its outermost frame, and the names it reads.</summary>
internal sealed record ParsedTemplate(Statement[] Body, int SlotCount, IReadOnlySet<string> Names);
