using System.Security.Cryptography;
using Koinon.Primitives;

namespace Koinon.Rpc.Engine;

/// <summary>The secret that a consensus client and this node share: 32 bytes in a file, as hex digits.</summary>
public sealed class JwtSecret
{
    /// <summary>Bytes of a secret.</summary>
    public const int Size = 32;

    private readonly byte[] _bytes;

    /// <summary>A secret that is known.</summary>
    /// <param name="bytes">32 bytes.</param>
    public JwtSecret(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Size);
        _bytes = bytes.ToArray();
    }

    /// <summary>The secret itself.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the file, or makes one that only its owner may read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="error">What is wrong with the file and what would help.</param>
    public static bool TryOpen(string path, out JwtSecret secret, out string? error)
    {
        secret = null!;
        try
        {
            if (!File.Exists(path))
            {
                secret = Create(path);
                error = null;
                return true;
            }

            string text = File.ReadAllText(path).Trim();
            text = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text : "0x" + text;
            if (!Hex.TryDecode(text, out byte[] bytes) || bytes.Length != Size)
            {
                error = $"{path} is no secret: 64 hex digits are expected; without the file one is made";
                return false;
            }

            secret = new JwtSecret(bytes);
            error = null;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = $"{path}: {failure.Message}";
            return false;
        }
    }

    private static JwtSecret Create(string path)
    {
        JwtSecret secret = new(RandomNumberGenerator.GetBytes(Size));
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter writer = new(path, options);
        writer.Write("0x" + Convert.ToHexStringLower(secret._bytes));
        return secret;
    }
}
