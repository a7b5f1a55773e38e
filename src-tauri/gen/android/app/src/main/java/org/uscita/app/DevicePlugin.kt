package org.uscita.app

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.BroadcastReceiver
import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.content.pm.PackageManager
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyInfo
import android.security.keystore.KeyProperties
import android.util.Base64
import androidx.core.content.FileProvider
import app.tauri.annotation.Command
import app.tauri.annotation.InvokeArg
import app.tauri.annotation.TauriPlugin
import app.tauri.plugin.Channel
import app.tauri.plugin.Invoke
import app.tauri.plugin.JSObject
import app.tauri.plugin.Plugin
import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.ProviderException
import java.util.concurrent.Executors
import javax.crypto.KeyGenerator
import javax.crypto.Mac
import javax.crypto.SecretKey
import javax.crypto.SecretKeyFactory

@InvokeArg
class EpochArgs {
    var epoch: Long = 0
}

@InvokeArg
class MessageArgs {
    var epoch: Long = 0
    lateinit var message: String
}

@InvokeArg
class FileArgs {
    lateinit var path: String
}

@InvokeArg
class EntryArgs {
    lateinit var entry: String
}

@InvokeArg
class ScreenArgs {
    lateinit var off: Channel
}

/**
 * What only Android can do: a key that never leaves the phone's hardware, the share sheet, the entry in the launcher, the
 * moment at which the screen goes off.
 *
 * Commands run on a thread of their own, one after the other: the hardware is slow, and the main thread draws.
 * Answers carry codes, never an exception's own text: it may name files.
 */
@TauriPlugin
class DevicePlugin(private val activity: Activity) : Plugin(activity) {
    private val worker = Executors.newSingleThreadExecutor()
    private val store: KeyStore by lazy { KeyStore.getInstance(STORE).apply { load(null) } }

    /** Makes the key of an epoch; an existing one stays. StrongBox only if it answers alike a hundred times. */
    @Command
    fun createKey(invoke: Invoke) = answer(invoke) {
        val alias = alias(invoke.parseArgs(EpochArgs::class.java).epoch)
        if (!store.containsAlias(alias) && !makeInStrongBox(alias)) make(alias, strongBox = false)
        JSObject()
    }

    /** HMAC-SHA256 of a message under the key of an epoch. */
    @Command
    fun hmac(invoke: Invoke) = answer(invoke) {
        val args = invoke.parseArgs(MessageArgs::class.java)
        val message = Base64.decode(args.message, Base64.NO_WRAP)
        JSObject().put("tag", Base64.encodeToString(tag(alias(args.epoch), message), Base64.NO_WRAP))
    }

    /** Destroys the key of an epoch. That there is none is no failure. */
    @Command
    fun deleteKey(invoke: Invoke) = answer(invoke) {
        val alias = alias(invoke.parseArgs(EpochArgs::class.java).epoch)
        if (store.containsAlias(alias)) store.deleteEntry(alias)
        if (store.containsAlias(alias)) throw GeneralSecurityException()
        JSObject()
    }

    /** Whether the key of an epoch is there, and lies in the phone's hardware. */
    @Command
    fun keyPlace(invoke: Invoke) = answer(invoke) {
        val alias = alias(invoke.parseArgs(EpochArgs::class.java).epoch)
        val exists = store.containsAlias(alias)
        JSObject().put("exists", exists).put("hardware", exists && isInHardware(key(alias)))
    }

    /** Hands a sealed file of the shared folder to another app, which the person chooses. */
    @Command
    fun share(invoke: Invoke) = answer(invoke) {
        val file = File(invoke.parseArgs(FileArgs::class.java).path)
        val uri = FileProvider.getUriForFile(activity, "${activity.packageName}.share", file)
        val send = Intent(Intent.ACTION_SEND)
            .setType("application/octet-stream")
            .putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        activity.startActivity(Intent.createChooser(send, null))
        JSObject()
    }

    /** Shows the app in the launcher under one of its four names. The new one comes before the old ones go. */
    @Command
    fun setEntry(invoke: Invoke) = answer(invoke) {
        val chosen = invoke.parseArgs(EntryArgs::class.java).entry
        require(chosen in ENTRIES)
        show(chosen, PackageManager.COMPONENT_ENABLED_STATE_ENABLED)
        (ENTRIES - chosen).forEach { show(it, PackageManager.COMPONENT_ENABLED_STATE_DISABLED) }
        JSObject()
    }

    /** Says so each time the screen goes off, past the page: that may be asleep by then. For as long as the app runs. */
    @Command
    fun watchScreen(invoke: Invoke) = answer(invoke) {
        val off = invoke.parseArgs(ScreenArgs::class.java).off
        val receiver = object : BroadcastReceiver() {
            override fun onReceive(context: Context, intent: Intent) = off.send(JSObject())
        }
        // Only the system sends this one.
        activity.applicationContext.registerReceiver(receiver, IntentFilter(Intent.ACTION_SCREEN_OFF))
        JSObject()
    }

    private fun show(entry: String, state: Int) {
        val alias = ComponentName(activity, "org.uscita.app.Entry$entry")
        activity.packageManager.setComponentEnabledSetting(alias, state, PackageManager.DONT_KILL_APP)
    }

    private fun makeInStrongBox(alias: String): Boolean {
        if (!activity.packageManager.hasSystemFeature(PackageManager.FEATURE_STRONGBOX_KEYSTORE)) return false
        try {
            make(alias, strongBox = true)
            val first = tag(alias, SELF_TEST)
            if ((1 until SELF_TEST_CALLS).all { tag(alias, SELF_TEST).contentEquals(first) }) return true
        } catch (failure: GeneralSecurityException) {
            // Some phones promise a StrongBox that does not work; the key is then made elsewhere.
        } catch (failure: ProviderException) {
            // Likewise: this is what a StrongBox that is full or absent throws.
        }
        if (store.containsAlias(alias)) store.deleteEntry(alias)
        return false
    }

    // No user authentication and no unlocked device is asked for: such keys vanish when the screen lock changes.
    private fun make(alias: String, strongBox: Boolean) {
        val spec = KeyGenParameterSpec.Builder(alias, KeyProperties.PURPOSE_SIGN)
            .setIsStrongBoxBacked(strongBox)
            .build()
        KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_HMAC_SHA256, STORE).run {
            init(spec)
            generateKey()
        }
    }

    private fun key(alias: String): SecretKey =
        store.getKey(alias, null) as? SecretKey ?: throw GeneralSecurityException()

    private fun isInHardware(key: SecretKey): Boolean {
        val info = SecretKeyFactory.getInstance(key.algorithm, STORE).getKeySpec(key, KeyInfo::class.java) as KeyInfo
        // The newer question, by security level, is not there before Android 12.
        @Suppress("DEPRECATION")
        return info.isInsideSecureHardware
    }

    private fun tag(alias: String, message: ByteArray): ByteArray {
        val key = key(alias)
        return Mac.getInstance(KeyProperties.KEY_ALGORITHM_HMAC_SHA256).run {
            init(key)
            doFinal(message)
        }
    }

    private fun answer(invoke: Invoke, work: () -> JSObject) {
        worker.execute {
            try {
                invoke.resolve(work())
            } catch (failure: GeneralSecurityException) {
                invoke.reject("key store", "KEY")
            } catch (failure: ProviderException) {
                invoke.reject("key store", "KEY")
            } catch (failure: IOException) {
                invoke.reject("argument", "ARGUMENT")
            } catch (failure: IllegalArgumentException) {
                invoke.reject("argument", "ARGUMENT")
            } catch (failure: ActivityNotFoundException) {
                invoke.reject("no app", "SHARE")
            }
        }
    }

    private companion object {
        const val STORE = "AndroidKeyStore"
        const val SELF_TEST_CALLS = 100
        val SELF_TEST = "usc1 self-test".toByteArray()
        val ENTRIES = setOf("Uscita", "Shifts", "Notes", "Stock")

        fun alias(epoch: Long) = "uscita.pin.$epoch"
    }
}
