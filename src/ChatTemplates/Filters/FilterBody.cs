namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>What a filter does with the value before the bar and its arguments.</summary>
internal delegate object FilterBody(RenderState s, object value, Arguments arguments);
