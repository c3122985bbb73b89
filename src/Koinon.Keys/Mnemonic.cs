using System.Security.Cryptography;
using System.Text;
using Koinon.Crypto;

namespace Koinon.Keys;

/// <summary>A recovery phrase: entropy that people write down as 12 to 24 English words.</summary>
/// <remarks>Immutable and safe from any thread until disposed, which zeroes the entropy. Source: BIP-39.</remarks>
public sealed class Mnemonic : IDisposable
{
    /// <summary>Length of a seed in bytes.</summary>
    public const int SeedBytes = 64;

    private const int MaximumEntropyBytes = 32;

    private const int MaximumWords = 24;

    private const int BitsPerWord = 11;

    /// <summary>PBKDF2's rounds (BIP-39, "From mnemonic to seed").</summary>
    private const int SeedRounds = 2048;

    private readonly byte[] _entropy;

    private bool _isDisposed;

    private Mnemonic(ReadOnlySpan<byte> entropy) => _entropy = entropy.ToArray();

    /// <summary>How many words the phrase has: 12, 15, 18, 21 or 24.</summary>
    public int WordCount => WordsOf(_entropy.Length);

    /// <summary>Makes a phrase of new randomness.</summary>
    /// <param name="wordCount">12, 15, 18, 21 or 24.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another count.</exception>
    public static Mnemonic Generate(int wordCount = 12)
    {
        if (!IsWordCount(wordCount))
        {
            throw new ArgumentOutOfRangeException(nameof(wordCount), wordCount, "12, 15, 18, 21 or 24 words.");
        }

        int length = wordCount / 3 * 4;
        Span<byte> entropy = stackalloc byte[MaximumEntropyBytes];
        RandomNumberGenerator.Fill(entropy[..length]);
        Mnemonic result = new(entropy[..length]);
        CryptographicOperations.ZeroMemory(entropy);
        return result;
    }

    /// <summary>Makes the phrase of given entropy.</summary>
    /// <param name="entropy">16, 20, 24, 28 or 32 bytes, which are copied.</param>
    /// <param name="mnemonic">Receives the phrase, or <see langword="null"/> when refused.</param>
    /// <param name="refusal">Receives the reason of a refusal.</param>
    public static bool TryFromEntropy(ReadOnlySpan<byte> entropy, out Mnemonic? mnemonic, out MnemonicRefusal refusal)
    {
        bool fits = IsEntropyLength(entropy.Length);
        mnemonic = fits ? new Mnemonic(entropy) : null;
        refusal = fits ? default : new MnemonicRefusal(MnemonicError.EntropyLength, entropy.Length);
        return fits;
    }

    /// <summary>Reads a phrase and checks it.</summary>
    /// <param name="phrase">The words, parted by white space, letters of either case.</param>
    /// <param name="mnemonic">Receives the phrase, or <see langword="null"/> when refused.</param>
    /// <param name="refusal">Receives the reason of a refusal.</param>
    public static bool TryParse(ReadOnlySpan<char> phrase, out Mnemonic? mnemonic, out MnemonicRefusal refusal)
    {
        mnemonic = null;
        Span<int> indices = stackalloc int[MaximumWords];
        refusal = ReadWords(phrase, indices, out int count);
        if (refusal.Error == MnemonicError.None)
        {
            // 33 bits in three words: 32 of entropy, then one of checksum.
            Span<byte> bits = stackalloc byte[MaximumEntropyBytes + 1];
            int length = count / 3 * 4;
            Pack(indices[..count], bits);
            int checksumBits = length / 4;
            if (bits[length] >> (8 - checksumBits) == Checksum(bits[..length]) >> (8 - checksumBits))
            {
                mnemonic = new Mnemonic(bits[..length]);
            }
            else
            {
                refusal = new MnemonicRefusal(MnemonicError.Checksum, 0);
            }

            CryptographicOperations.ZeroMemory(bits);
        }

        indices.Clear();
        return mnemonic is not null;
    }

    /// <summary>Gives the words, parted by single spaces: the one member that reveals the secret as text.</summary>
    /// <exception cref="ObjectDisposedException">The entropy is zeroed already.</exception>
    public string ToPhrase()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Span<byte> bits = stackalloc byte[MaximumEntropyBytes + 2];
        bits.Clear();
        _entropy.CopyTo(bits);
        bits[_entropy.Length] = Checksum(_entropy);
        StringBuilder phrase = new(WordCount * (WordList.LongestWord + 1));
        for (int i = 0; i < WordCount; i++)
        {
            phrase.Append(i == 0 ? "" : " ").Append(WordList.Word(Bits(bits, i * BitsPerWord)));
        }

        CryptographicOperations.ZeroMemory(bits);
        return phrase.ToString();
    }

    /// <summary>Computes the seed that keys are derived from.</summary>
    /// <param name="passphrase">A further secret of the user's, empty for none.</param>
    /// <param name="seed">Receives 64 bytes.</param>
    /// <returns><see langword="false"/> when the passphrase is not ASCII: other texts would need Unicode's NFKD first,
    /// which programs without culture data cannot compute.</returns>
    /// <remarks>A few milliseconds: PBKDF2 with 2,048 rounds of HMAC-SHA-512.</remarks>
    /// <exception cref="ObjectDisposedException">The entropy is zeroed already.</exception>
    public bool TryGetSeed(ReadOnlySpan<char> passphrase, Span<byte> seed)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!Ascii.IsValid(passphrase))
        {
            return false;
        }

        byte[] password = Encoding.ASCII.GetBytes(ToPhrase());
        byte[] salt = new byte["mnemonic".Length + passphrase.Length];
        "mnemonic"u8.CopyTo(salt);
        Encoding.ASCII.GetBytes(passphrase, salt.AsSpan("mnemonic".Length));
        HmacSha512.DeriveKey(password, salt, SeedRounds, seed[..SeedBytes]);
        CryptographicOperations.ZeroMemory(password);
        CryptographicOperations.ZeroMemory(salt);
        return true;
    }

    /// <summary>Zeroes the entropy; the phrase is unusable afterwards.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_entropy);
    }

    /// <summary>Says how many words there are, and none of them.</summary>
    public override string ToString() => $"Mnemonic of {WordCount} words";

    private static bool IsEntropyLength(int bytes) => bytes is >= 16 and <= MaximumEntropyBytes && bytes % 4 == 0;

    private static bool IsWordCount(int count) => count is >= 12 and <= MaximumWords && count % 3 == 0;

    private static int WordsOf(int entropyBytes) => entropyBytes * 3 / 4;

    private static byte Checksum(ReadOnlySpan<byte> entropy)
    {
        Span<byte> digest = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(entropy, digest);
        return digest[0];
    }

    private static MnemonicRefusal ReadWords(ReadOnlySpan<char> phrase, Span<int> indices, out int count)
    {
        count = 0;
        int unknown = 0;
        ReadOnlySpan<char> rest = phrase.TrimStart();
        while (!rest.IsEmpty)
        {
            int length = 0;
            while (length < rest.Length && !char.IsWhiteSpace(rest[length]))
            {
                length++;
            }

            int index = WordList.IndexOf(rest[..length]);
            if (count < MaximumWords)
            {
                indices[count] = index;
            }

            count++;
            unknown = index < 0 && unknown == 0 ? count : unknown;
            rest = rest[length..].TrimStart();
        }

        return !IsWordCount(count) ? new MnemonicRefusal(MnemonicError.WordCount, count)
            : unknown != 0 ? new MnemonicRefusal(MnemonicError.UnknownWord, unknown)
            : default;
    }

    /// <summary>Writes 11 bits a word, the highest first.</summary>
    private static void Pack(ReadOnlySpan<int> indices, Span<byte> bits)
    {
        bits.Clear();
        for (int i = 0; i < indices.Length * BitsPerWord; i++)
        {
            int bit = (indices[i / BitsPerWord] >> (BitsPerWord - 1 - (i % BitsPerWord))) & 1;
            bits[i / 8] |= (byte)(bit << (7 - (i % 8)));
        }
    }

    /// <summary>Reads 11 bits from a bit position on.</summary>
    private static int Bits(ReadOnlySpan<byte> bits, int position)
    {
        int start = position / 8;
        int window = (bits[start] << 16) | (bits[start + 1] << 8) | (start + 2 < bits.Length ? bits[start + 2] : 0);
        return (window >> (24 - BitsPerWord - (position % 8))) & (WordList.Count - 1);
    }
}
