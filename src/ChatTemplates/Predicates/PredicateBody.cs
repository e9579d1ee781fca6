namespace LocalAI.Pipeline.ChatTemplates.Predicates;

/// <summary>What a test asks of a value.</summary>
internal delegate bool PredicateBody(RenderState s, object value, Arguments arguments);
