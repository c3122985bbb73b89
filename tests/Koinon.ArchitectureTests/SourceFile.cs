using System.Text;

namespace Koinon.ArchitectureTests;

/// <summary>A C# source: its path from the root, with forward slashes, and its text.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The lines, without their ends.</summary>
    public string[] Lines => Text.Split('\n');

    /// <summary>The text with every comment blanked out; strings, line ends and columns stay.</summary>
    public string WithoutComments => Blank(keepStrings: true);

    /// <summary>The text with comments and the insides of strings and characters blanked out.</summary>
    public string CodeAlone => Blank(keepStrings: false);

    /// <summary>The file's name up to its first dot: the name of the type it should hold.</summary>
    public string TypeName => System.IO.Path.GetFileName(Path).Split('.')[0];

    private string Blank(bool keepStrings)
    {
        StringBuilder result = new(Text.Length);
        int at = 0;
        while (at < Text.Length)
        {
            int end = EndOfToken(at, out bool isComment, out bool isString);
            for (; at < end; at++)
            {
                bool blank = isComment || (isString && !keepStrings);
                result.Append(blank && Text[at] != '\n' ? ' ' : Text[at]);
            }
        }

        return result.ToString();
    }

    /// <summary>Where the comment, string or single character that starts at <paramref name="start"/> ends.</summary>
    private int EndOfToken(int start, out bool isComment, out bool isString)
    {
        ReadOnlySpan<char> rest = Text.AsSpan(start);
        isComment = rest.StartsWith("//") || rest.StartsWith("/*");
        isString = false;
        if (isComment)
        {
            return rest[1] == '/' ? After(rest, "\n", 2, start) - 1 : After(rest, "*/", 2, start);
        }

        if (rest[0] == '\'')
        {
            isString = true;
            return Quoted(start, '\'', verbatim: false);
        }

        if (rest[0] != '"')
        {
            return start + 1;
        }

        isString = true;
        int quotes = rest.IndexOfAnyExcept('"') is >= 3 and int count ? count : 0;
        if (quotes > 0)
        {
            return After(rest, new string('"', quotes), quotes, start);
        }

        ReadOnlySpan<char> before = Text.AsSpan(0, start);
        return Quoted(start, '"', verbatim: before.EndsWith("@") || before.EndsWith("@$"));
    }

    private int After(ReadOnlySpan<char> rest, string mark, int from, int start)
    {
        int found = rest[from..].IndexOf(mark, StringComparison.Ordinal);
        return found < 0 ? Text.Length + (mark == "\n" ? 1 : 0) : start + from + found + mark.Length;
    }

    private int Quoted(int start, char quote, bool verbatim)
    {
        for (int at = start + 1; at < Text.Length; at++)
        {
            if (Text[at] == '\\' && !verbatim)
            {
                at++;
            }
            else if (Text[at] == quote)
            {
                if (!verbatim || at + 1 >= Text.Length || Text[at + 1] != quote)
                {
                    return at + 1;
                }

                at++;
            }
        }

        return Text.Length;
    }
}
