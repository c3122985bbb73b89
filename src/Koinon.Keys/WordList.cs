using System.Diagnostics;

namespace Koinon.Keys;

/// <summary>The 2,048 English words of BIP-39, in their order, which is the alphabet's.</summary>
internal static class WordList
{
    /// <summary>Words in the list; a word carries 11 bits.</summary>
    internal const int Count = 2048;

    /// <summary>The longest word's letters.</summary>
    internal const int LongestWord = 8;

    private static readonly string[] Words = Load();

    /// <summary>The word of an index.</summary>
    internal static string Word(int index) => Words[index];

    /// <summary>Finds a word, letters of either case.</summary>
    /// <returns>Its index, or -1 when it is not in the list.</returns>
    internal static int IndexOf(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestWord)
        {
            return -1;
        }

        Span<char> lower = stackalloc char[LongestWord];
        lower = lower[..word.ToLowerInvariant(lower)];
        int first = 0;
        int last = Count - 1;
        while (first <= last)
        {
            int middle = (first + last) / 2;
            int order = lower.SequenceCompareTo(Words[middle]);
            if (order == 0)
            {
                return middle;
            }

            (first, last) = order > 0 ? (middle + 1, last) : (first, middle - 1);
        }

        return -1;
    }

    private static string[] Load()
    {
        using Stream stream = typeof(WordList).Assembly.GetManifestResourceStream("english.txt")
            ?? throw new InvalidOperationException("The word list is not embedded in this build.");
        using StreamReader reader = new(stream);
        string[] words = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Debug.Assert(words.Length == Count, "The word list has lost words.");
        return words;
    }
}
