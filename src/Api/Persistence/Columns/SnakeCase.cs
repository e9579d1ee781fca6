using System.Text;

namespace LocalAI.Pipeline.Api.Persistence.Columns;

/// <summary>Columns are called <c>created_at</c>, not <c>CreatedAt</c>: PostgreSQL wants quotes around capitals.</summary>
internal static class SnakeCase
{
    public static string Of(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && snake.Length > 0)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }
}
