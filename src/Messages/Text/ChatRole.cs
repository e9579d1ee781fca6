namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Who says a chat message. <c>developer</c> is mapped to <see cref="System"/> by the API.</summary>
public enum ChatRole
{
    /// <summary>Instructions.</summary>
    System,

    /// <summary>The person or program that asks.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The result of a tool call.</summary>
    Tool,
}
