using Koinon.Primitives;

namespace Koinon.Keys.Tests;

public sealed class KeyFolderTests : IDisposable
{
    private static readonly byte[] Secret = [.. new byte[31], 1];

    private readonly string _path =
        Path.Combine(Directory.CreateTempSubdirectory("koinon-keys-").FullName, "keystore");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Save_OfAKey_MakesAFileForItsOwnerAloneThatIsListedAndOpens()
    {
        KeyFolder folder = new(_path, TimeProvider.System);
        Assert.True(KeyStore.TryGetAddress(Secret, out Address address));
        Assert.Equal(Address.Parse("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"), address);

        string file = folder.Save(address, KeyStore.Encrypt(Secret, "password", KeyStoreCost.Light));

        Assert.Matches("UTC--[-0-9]{10}T[-0-9]{8}\\.[0-9]{9}Z--7e5f4552091a69125d5dfcb7b8c2659029395bdf$", file);
        Assert.Equal([(address, file)], folder.List());
        byte[] secret = new byte[KeyStore.SecretBytes];
        Assert.True(KeyStore.TryDecrypt(File.ReadAllText(file), "password", secret, out _));
        Assert.Equal(Secret, secret);
        if (OperatingSystem.IsWindows()) return; // It has no modes.

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_path));
    }

    [Fact]
    public void Save_OfAKeyThatIsThere_NamesItsFile()
    {
        KeyFolder folder = new(_path, TimeProvider.System);
        Assert.True(KeyStore.TryGetAddress(Secret, out Address address));
        string file = folder.Save(address, KeyStore.Encrypt(Secret, "one", KeyStoreCost.Light));

        IOException refusal = Assert.Throws<IOException>(
            () => folder.Save(address, KeyStore.Encrypt(Secret, "two", KeyStoreCost.Light)));
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_OfAFolderWithOtherFiles_PassesThemOver()
    {
        Directory.CreateDirectory(_path);
        File.WriteAllText(Path.Combine(_path, "a"), "no json");
        File.WriteAllText(Path.Combine(_path, "b"), "{\"address\": 5}");
        File.WriteAllText(Path.Combine(_path, "c"), "[]");

        Assert.Empty(new KeyFolder(_path, TimeProvider.System).List());
        Assert.Empty(new KeyFolder(_path + "-not-there", TimeProvider.System).List());
    }
}
